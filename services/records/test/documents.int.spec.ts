import { deflateRawSync } from 'node:zlib';
import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type Identified } from '@medflow/testing';
import sharp from 'sharp';
import { newDoctor, newPatient, RecordsHarness } from './harness.js';

const MB = 1024 * 1024;
const pdf = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes - 15, 'x'), Buffer.from('\n%%EOF')]);
const formOf = (
  file: Uint8Array,
  { label = 'Analyse de sang', name = 'analyse.pdf', type = 'application/pdf' } = {},
) => {
  const form = new FormData();
  if (label) form.append('label', label);
  form.append('file', new Blob([file as never], { type }), name);
  return form;
};
/** Bytes of the buffers that something still refers to. */
function buffersHeld(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

describe('documents', () => {
  let harness: RecordsHarness;
  let doctor: Identified;
  let patient: Identified;
  beforeAll(async () => {
    harness = await RecordsHarness.start();
    ({ doctor, patient } = await harness.inCare());
  }, 60_000);
  afterAll(() => harness.stop());

  const authorization = async (as: Identified) => ({
    authorization: `Bearer ${await harness.service.identity.token(as)}`,
  });
  async function add(as: Identified, whose: string, form: FormData) {
    const url = `${harness.service.url}/patients/${whose}/record/documents`;
    const answer = await fetch(url, { method: 'POST', headers: await authorization(as), body: form });
    return { status: answer.status, body: (await answer.json()) as Record<string, never> };
  }
  const read = async (as: Identified, id: string, headers: Record<string, string> = {}) =>
    fetch(`${harness.service.url}/patients/${patient.id}/record/documents/${id}`, {
      headers: { ...(await authorization(as)), ...headers },
    });
  const kept = async () => ({
    files: await harness.collection('documents.files').countDocuments(),
    chunks: await harness.collection('documents.chunks').countDocuments(),
    uploads: await harness.collection('uploads').countDocuments(),
    entries: await harness.collection('entries').countDocuments(),
  });

  it('are added by a doctor in care and by the patient, and read by both, unchanged', async () => {
    const file = pdf(300_000);
    const { status, body } = await add(doctor, patient.id, formOf(file));
    expect([status, body]).toMatchObject([
      201,
      { kind: 'document', label: 'Analyse de sang', file: { mediaType: 'application/pdf', bytes: 300_000 } },
    ]);
    expect(body).not.toHaveProperty('file.fileId');
    const answer = await read(patient, body.id!);
    expect(Buffer.from(await answer.arrayBuffer()).equals(file)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '300000',
      'content-disposition': expect.stringMatching(/^attachment; filename="document-[\w-]+\.pdf"$/),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'accept-ranges': 'bytes',
    });
    expect((await add(patient, 'me', formOf(file))).status).toBe(201);
    const log = await harness.call('GET', '/patients/me/record/access-log', patient);
    expect(log.body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['read-document', 'write-entry']),
    );
  });

  it('are sealed where they are stored', async () => {
    const { body } = await add(doctor, patient.id, formOf(pdf(1_000)));
    expect(body.id).toBeDefined();
    for await (const chunk of harness.collection('documents.chunks').find())
      expect((chunk.data as { buffer: Buffer }).buffer.includes('%PDF')).toBe(false);
  });

  it('are read in parts', async () => {
    const file = Buffer.from(pdf(200_000));
    for (let at = 10; at < 199_000; at += 7) file[at] = at % 251;
    const { body } = await add(doctor, patient.id, formOf(file));
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=65530-65541', 65_530, 65_542],
      ['bytes=131072-', 131_072, 200_000],
      ['bytes=-5', 199_995, 200_000],
      ['bytes=199999-999999', 199_999, 200_000],
    ] as const) {
      const answer = await read(doctor, body.id!, { range });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${from}-${to - 1}/200000`]);
      expect(Buffer.from(await answer.arrayBuffer()).equals(file.subarray(from, to))).toBe(true);
    }
    const beyond = await read(doctor, body.id!, { range: 'bytes=200000-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */200000']);
    expect((await read(doctor, body.id!, { range: 'bytes=0-1,5-6' })).status).toBe(200);
  });

  it('that are pictures are told by their content, and lose what stood beside the picture', async () => {
    const secret = 'taken at home';
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#d01010' } })
      .withExif({ IFD0: { Copyright: secret } })
      .jpeg()
      .toBuffer();
    expect(picture.includes(secret)).toBe(true);
    const { body } = await add(patient, 'me', formOf(picture, { name: 'photo.pdf' }));
    expect(body).toMatchObject({ file: { mediaType: 'image/jpeg' } });
    const answer = await read(patient, body.id!);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.includes(secret)).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 60, height: 40 });
    expect(answer.headers.get('content-disposition')).toMatch(/^inline/);
  });

  it.each([
    ['a web page', 415, Buffer.from('<html><script>alert(1)</script></html>')],
    ['SVG', 415, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a zip bomb', 415, Buffer.concat([Buffer.from('PK\x03\x04'), deflateRawSync(Buffer.alloc(5 * MB))])],
    ['nothing', 415, Buffer.alloc(0)],
    ['a PDF that is cut off', 422, Buffer.from('%PDF-1.7\nand nothing more')],
    ['a picture that is none', 422, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500)])],
  ])('are refused when they are %s, and nothing changes', async (_what, status, file) => {
    const before = await kept();
    expect((await add(doctor, patient.id, formOf(file, { name: 'photo.png', type: 'image/png' }))).status).toBe(status);
    expect(await kept()).toEqual(before);
  });

  it('are refused when a picture has more pixels than can be looked at', async () => {
    const bomb = await sharp({
      create: { width: 9_000, height: 9_000, channels: 3, background: '#ffffff' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    const { status, body } = await add(patient, 'me', formOf(bomb));
    expect([status, body.code]).toEqual([422, 'broken-file']);
  }, 30_000);

  it('a PDF that calls itself a picture is a PDF', async () => {
    const { body } = await add(patient, 'me', formOf(pdf(500), { name: 'photo.png', type: 'image/png' }));
    expect(body).toMatchObject({ file: { mediaType: 'application/pdf' } });
  });

  it('want a label and a file', async () => {
    const before = await kept();
    expect((await add(patient, 'me', formOf(pdf(500), { label: '' }))).status).toBe(422);
    const noFile = new FormData();
    noFile.append('label', 'x');
    expect((await add(patient, 'me', noFile)).status).toBe(422);
    expect((await harness.call('POST', '/patients/me/record/documents', patient, { label: 'x' })).status).toBe(415);
    expect(await kept()).toEqual(before);
  });

  it('are nobody else’s affair', async () => {
    const { body } = await add(doctor, patient.id, formOf(pdf(500)));
    const stranger = newPatient();
    const otherDoctor = newDoctor();
    await harness.practising(otherDoctor);
    expect((await add(stranger, patient.id, formOf(pdf(500)))).status).toBe(404);
    expect((await add(otherDoctor, patient.id, formOf(pdf(500)))).status).toBe(404);
    expect((await read(otherDoctor, body.id!)).status).toBe(404);
    expect((await read(stranger, body.id!)).status).toBe(404);
  });

  it('that break off on their way leave nothing', async () => {
    const before = await kept();
    const headers = {
      ...(await authorization(doctor)),
      'content-type': 'multipart/form-data; boundary=xxx',
      'content-length': String(50 * MB),
    };
    const sent = request(`${harness.service.url}/patients/${patient.id}/record/documents`, { method: 'POST', headers });
    sent.on('error', () => undefined);
    sent.write('--xxx\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n');
    sent.write(Buffer.alloc(2 * MB, 'x'));
    await eventually(async () => (await kept()).chunks > before.chunks);
    sent.destroy();
    await eventually(async () => expect(await kept()).toEqual(before) === undefined || true);
  });

  it('of 100 MB pass through little memory, and larger ones are refused', async () => {
    // What is still held is counted, every eight megabytes: when the collector comes by itself depends on the machine.
    const before = buffersHeld();
    let most = 0;
    let last = 0;
    const measure = (passed: number): void => {
      if (Math.abs(passed - last) < 8 * MB) return;
      last = passed;
      most = Math.max(most, buffersHeld() - before);
    };
    const boundary = 'xxx';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="label"\r\n\r\nIRM\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`;
    const stream = (bytes: number) =>
      async function* () {
        yield Buffer.from(`${head}%PDF-1.7\n`);
        const part = Buffer.alloc(MB, 'x');
        for (let sent = 0; sent < bytes; sent += MB) {
          measure(sent);
          yield part;
        }
        yield Buffer.from(`\n%%EOF\r\n--${boundary}--\r\n`);
      };
    const send = async (bytes: number) =>
      fetch(`${harness.service.url}/patients/${patient.id}/record/documents`, {
        method: 'POST',
        headers: { ...(await authorization(doctor)), 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: ReadableStream.from(stream(bytes)()) as never,
        duplex: 'half',
      } as RequestInit);
    const answer = await send(99 * MB);
    const body = (await answer.json()) as { id: string };
    expect(answer.status).toBe(201);
    let bytes = 0;
    for await (const part of (await read(doctor, body.id)).body!) {
      bytes += (part as Uint8Array).length;
      measure(bytes);
    }
    expect(bytes).toBeGreaterThan(99 * MB);
    console.log(`99 MB up and down: at most ${Math.round(most / MB)} MB of buffers, sender and reader included`);
    expect(most).toBeLessThan(24 * MB);
    const kept1 = await kept();
    expect((await send(101 * MB)).status).toBe(413);
    expect(await kept()).toEqual(kept1);
  }, 240_000);
});
