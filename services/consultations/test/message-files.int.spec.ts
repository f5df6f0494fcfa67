import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { ConversationsHarness, newPatient } from './conversations-harness.js';

let harness: ConversationsHarness;
beforeAll(async () => {
  harness = await ConversationsHarness.start();
});
afterAll(() => harness.stop());

const picture = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#d01010' } });
const pdf = (bytes: number) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes, 'Zanzibar '), Buffer.from('\n%%EOF\n')]);

const form = (content: Uint8Array | undefined, name: string, text?: string, type = 'application/octet-stream') => {
  const made = new FormData();
  if (text !== undefined) made.set('text', text);
  if (content) made.set('file', new Blob([new Uint8Array(content)], { type }), name);
  return made;
};

describe('a file in a conversation', () => {
  it('is a PDF as it was sent, for the two and nobody else', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const content = pdf(2_500_000);
    const path = `/conversations/${id}/messages`;
    const sent = await harness.sendForm(path, patient, form(content, 'Résultats d’analyse.pdf', 'Voici'));
    expect([sent.status, sent.body.text, sent.body.files]).toEqual([
      201,
      'Voici',
      [
        {
          id: expect.any(String),
          name: 'Résultats d’analyse.pdf',
          type: 'application/pdf',
          size: content.length,
          url: expect.stringContaining(`/api/v1${path}/${sent.body.id}/files/`),
        },
      ],
    ]);
    const { url } = sent.body.files[0];
    const { response, content: read } = await harness.getFile(url, doctor);
    expect(read.equals(content)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="Resultats danalyse.pdf"; filename*=UTF-8''${encodeURIComponent('Résultats d’analyse.pdf')}`,
    });
    expect((await harness.getFile(url, newPatient())).response.status).toBe(404);
    expect((await harness.getFile(`${url}x`, doctor)).response.status).toBe(404);
  });

  it('is a picture made anew, without what the camera wrote beside it', async () => {
    const { id, patient } = await harness.conversation();
    const secret = 'N 36.8065 taken at home';
    const image = await picture()
      .withExif({ IFD0: { Copyright: secret } })
      .jpeg()
      .toBuffer();
    const { status, body } = await harness.sendForm(`/conversations/${id}/messages`, patient, form(image, 'IMG_1.JPG'));
    expect([status, body.text, body.files[0].name, body.files[0].type]).toEqual([201, '', 'IMG_1.webp', 'image/webp']);
    const { content } = await harness.getFile(body.files[0].url, patient);
    expect([image.includes(secret), content.includes(secret)]).toEqual([true, false]);
    expect((await sharp(content).metadata()).format).toBe('webp');
  });

  it.each([
    ['a page that is called a picture', Buffer.from('<script>alert(1)</script>'), 'photo.jpg', 'image/jpeg'],
    ['a program that is called a PDF', Buffer.from('MZ\u0090\u0000 %%EOF'), 'analyse.pdf', 'application/pdf'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg', 'image/svg+xml'],
    ['nothing', Buffer.alloc(0), 'vide.pdf', 'application/pdf'],
  ])('is refused when it is %s, and nothing is sent', async (_, content, name, type) => {
    const { id, patient } = await harness.conversation();
    const answer = await harness.sendForm(`/conversations/${id}/messages`, patient, form(content, name, 'oui', type));
    expect([answer.status, answer.body.code]).toEqual([422, 'not-a-document']);
    expect((await harness.messages(id, patient)).items).toEqual([]);
  });

  it('is refused above 10 MB', async () => {
    const { id, patient } = await harness.conversation();
    const answer = await harness.sendForm(
      `/conversations/${id}/messages`,
      patient,
      form(pdf(10 * 1024 * 1024 + 1), 'grand.pdf'),
    );
    expect(answer.status).toBe(413);
  });

  it('is sent once under one key, and another file under it is refused', async () => {
    const { id, patient } = await harness.conversation();
    const key = { 'idempotency-key': crypto.randomUUID() };
    const path = `/conversations/${id}/messages`;
    const send = (content: Buffer) => harness.sendForm(path, patient, form(content, 'a.pdf'), key);
    const answers = await Promise.all([send(pdf(500)), send(pdf(500)), send(pdf(500))]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect((await send(pdf(501))).body.code).toBe('idempotency-key-reused');
    expect(await harness.collection('message_files').countDocuments({ conversationId: id })).toBe(1);
  });

  it.each([
    ['without text and file', form(undefined, '', undefined), 422],
    ['with a field more', withField(), 422],
    ['with two files', twoFiles(), 422],
  ])('comes in a form %s: refused', async (_, given, status) => {
    const { id, patient } = await harness.conversation();
    expect((await harness.sendForm(`/conversations/${id}/messages`, patient, given)).status).toBe(status);
  });

  it('comes in a form that can be read', async () => {
    const { id, patient } = await harness.conversation();
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    const broken = await harness.call('POST', `/conversations/${id}/messages`, patient, 'no form', type);
    expect(broken.status).toBe(400);
    const elsewhere = await harness.call('POST', `/conversations/${id}/read`, patient, '--x--', type);
    expect(elsewhere.status).toBe(415);
  });
});

function withField(): FormData {
  const made = form(pdf(9), 'a.pdf');
  made.set('authorId', 'x');
  return made;
}

function twoFiles(): FormData {
  const made = form(pdf(9), 'a.pdf');
  made.append('file', new Blob(['b']), 'b.pdf');
  return made;
}

describe('the database', () => {
  it('holds nothing readable of what was written, of files, their names, or automatic answers', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const planted = ['Zanzibar', 'hypertension', 'mononucleose', 'Ouagadougou', 'vacances'];
    const key = { 'idempotency-key': crypto.randomUUID() };
    await harness.call('PUT', '/conversations/settings', doctor, { autoReply: 'En vacances', hours: [] });
    await harness.call('PUT', `/conversations/${id}/closing`, doctor, { closed: true, autoReply: 'En vacances' });
    await harness.call('POST', `/conversations/${id}/messages`, patient, { text: 'une hypertension' }, key);
    const file = form(pdf(300_000), 'mononucleose.pdf', 'Ouagadougou');
    expect((await harness.sendForm(`/conversations/${id}/messages`, patient, file, {})).status).toBe(201);
    const database = harness.service.database.client.db();
    for (const { name } of await database.listCollections().toArray()) {
      const rows = await database.collection(name).find().toArray();
      const bytes = rows.flatMap((row) => binariesIn(row)).map((part) => part.toString('latin1'));
      const all = (JSON.stringify(rows) + bytes.join('|')).toLowerCase();
      const found = planted.filter((word) => all.includes(word.toLowerCase()));
      expect([name, found]).toEqual([name, []]);
    }
    // What is looked for can be found: it is there for its two readers.
    const texts = (await harness.messages(id, patient)).items.map(({ text }: { text: string }) => text);
    expect(texts).toEqual(['Ouagadougou', 'En vacances', 'une hypertension']);
  });
});

function binariesIn(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (typeof value !== 'object' || value === null) return [];
  if ('buffer' in value && value.buffer instanceof Uint8Array) return [Buffer.from(value.buffer)];
  return Object.values(value).flatMap(binariesIn);
}
