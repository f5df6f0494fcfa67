import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identified } from '@medflow/testing';
import { ConversationsHarness, newDoctor, newPatient } from './conversations-harness.js';

let harness: ConversationsHarness;
beforeAll(async () => {
  harness = await ConversationsHarness.start();
});
afterAll(() => harness.stop());

const open = (as: Identified, body: object) => harness.call('POST', '/conversations', as, body);
const list = async (as: Identified, query = '') => (await harness.call('GET', `/conversations${query}`, as)).body;

describe('opening a conversation', () => {
  it('is for either of the two who have a care relationship, and happens once', async () => {
    const { doctor, patient } = await harness.care();
    await harness.named(patient, 'Amina', 'Ben Salah');
    const first = await open(patient, { doctorId: doctor.id });
    expect([first.status, first.body]).toEqual([
      201,
      {
        id: expect.any(String),
        with: { id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi', photo: null },
        unread: 0,
        closed: false,
        obstacle: null,
        answering: { autoReply: null, hours: [] },
      },
    ]);
    const again = await open(doctor, { patientId: patient.id });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect(again.body.with).toMatchObject({ id: patient.id, firstName: 'Amina', lastName: 'Ben Salah' });
  });

  it('happens once also among twenty at the same moment', async () => {
    const { doctor, patient } = await harness.care();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        at % 2 ? open(doctor, { patientId: patient.id }) : open(patient, { doctorId: doctor.id }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await harness.collection('conversations').countDocuments({ doctorId: doctor.id })).toBe(1);
  });

  it('is refused to strangers as if there were nobody, and nothing is there after', async () => {
    const [doctor, patient] = [newDoctor(), newPatient()];
    await harness.published(doctor);
    const answers = await Promise.all([
      open(patient, { doctorId: doctor.id }),
      open(patient, { doctorId: 'nobody' }),
      open(doctor, { patientId: patient.id }),
    ]);
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'not-found']);
    expect(await harness.collection('conversations').countDocuments({ doctorId: doctor.id })).toBe(0);
  });

  it('is refused once the only appointment was called off', async () => {
    const pair = await harness.care();
    await harness.ended(pair);
    expect((await open(pair.patient, { doctorId: pair.doctor.id })).status).toBe(404);
  });

  it('is refused twelve months after the last visit', async () => {
    const { doctor, patient } = await harness.care({}, 400);
    expect((await open(patient, { doctorId: doctor.id })).status).toBe(404);
  });

  it('is refused to a doctor who may see nobody, and with one', async () => {
    const { doctor, patient } = await harness.care();
    await harness.suspended(doctor);
    const own = await open(doctor, { patientId: patient.id });
    expect([own.status, own.body.code]).toEqual([403, 'not-practising']);
    const patients = await open(patient, { doctorId: doctor.id });
    expect([patients.status, patients.body.code]).toEqual([409, 'doctor-unavailable']);
  });

  it.each([
    ['nobody', {}, 'doctorId', 'required'],
    ['a patient', { patientId: 'p' }, 'doctorId', 'required'],
    ['both', { doctorId: 'd', patientId: 'p' }, 'patientId', 'unknown-field'],
    ['an operator', { doctorId: { $ne: null } }, 'doctorId', 'invalid'],
  ])('by a patient with %s names what is wrong', async (_, body, field, code) => {
    const answer = await open(newPatient(), body);
    expect([answer.status, answer.body.errors[0]]).toEqual([422, expect.objectContaining({ field, code })]);
  });
});

describe('a message', () => {
  it('reaches the other, and what is told of it says nothing of what it says', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const sent = await harness.write(id, patient, '  Bonjour docteur,\nma toux a repris.  ');
    expect([sent.status, sent.body]).toEqual([
      201,
      {
        id: expect.any(String),
        number: 1,
        text: 'Bonjour docteur,\nma toux a repris.',
        files: [],
        author: { id: patient.id, firstName: '', lastName: '' },
        automatic: false,
        sentAt: expect.any(String),
        deliveredAt: null,
        readAt: null,
      },
    ]);
    expect((await harness.messages(id, doctor)).items).toEqual([sent.body]);
    const { items, unread } = await list(doctor);
    expect([items[0].unread, unread]).toEqual([1, 1]);
    expect(items[0].lastMessage).toEqual({
      text: 'Bonjour docteur,\nma toux a repris.',
      files: 0,
      author: { id: patient.id, firstName: '', lastName: '' },
      sentAt: sent.body.sentAt,
    });
    expect((await list(patient)).unread).toBe(0);
    const { id: messageId, sentAt } = sent.body;
    expect(await harness.about(id, 1)).toEqual([
      [
        'message-sent',
        1,
        { conversationId: id, messageId, authorId: patient.id, authorRole: 'patient', recipientId: doctor.id, sentAt },
      ],
    ]);
  });

  it('is delivered and read, and its author is told when', async () => {
    const { id, doctor, patient } = await harness.conversation();
    for (const text of ['un', 'deux', 'trois']) await harness.write(id, patient, text);
    const [, second] = (await harness.messages(id, doctor)).items;
    expect((await harness.call('POST', `/conversations/${id}/delivered`, doctor)).status).toBe(204);
    const read = await harness.call('POST', `/conversations/${id}/read`, doctor, { upTo: second.id });
    expect([read.status, read.body.unread]).toEqual([200, 1]);
    const { items } = await harness.messages(id, patient);
    expect(items.map((item: { text: string; readAt: unknown }) => [item.text, item.readAt !== null])).toEqual([
      ['trois', false],
      ['deux', true],
      ['un', true],
    ]);
    for (const { deliveredAt } of items) expect(deliveredAt).toEqual(expect.any(String));
    expect((await harness.call('POST', `/conversations/${id}/read`, doctor)).body.unread).toBe(0);
    expect((await list(doctor)).unread).toBe(0);
    expect(
      (await harness.about(`${id}.doctor`, 3)).map(([name, sequence, { upTo }]) => [name, sequence, upTo]),
    ).toEqual(
      expect.arrayContaining([
        ['messages-delivered', 3, 3],
        ['messages-read', 1, 2],
        ['messages-read', 2, 3],
      ]),
    );
  });

  it('is marked by its reader only, and once', async () => {
    const { id, doctor, patient } = await harness.conversation();
    await harness.write(id, patient, 'un');
    await harness.call('POST', `/conversations/${id}/read`, patient);
    expect((await harness.messages(id, patient)).items[0].readAt).toBeNull();
    await harness.call('POST', `/conversations/${id}/read`, doctor);
    const { readAt } = (await harness.messages(id, patient)).items[0];
    await harness.call('POST', `/conversations/${id}/read`, doctor);
    expect((await harness.messages(id, patient)).items[0].readAt).toBe(readAt);
  });

  it('that is not of this conversation cannot be read up to', async () => {
    const [one, other] = [await harness.conversation(), await harness.conversation()];
    const { body } = await harness.write(other.id, other.patient, 'un');
    const answer = await harness.call('POST', `/conversations/${one.id}/read`, one.doctor, { upTo: body.id });
    expect(answer.status).toBe(404);
  });

  it('is made once under one key: in parallel, later, and after a restart', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => harness.write(id, patient, 'une fois', key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await harness.service.restart();
    const later = await harness.write(id, patient, 'une fois', key);
    expect([later.status, later.headers.get('idempotency-replayed'), later.body.id]).toEqual([
      201,
      'true',
      answers[0]!.body.id,
    ]);
    expect((await harness.messages(id, doctor)).items).toHaveLength(1);
    expect((await list(doctor)).unread).toBe(1);
    const other = await harness.write(id, patient, 'autre chose', key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    // Somebody else's key is another key.
    expect((await harness.write(id, doctor, 'réponse', key)).status).toBe(201);
  }, 30_000);

  it('loses none of thirty that are written by both at the same moment', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => harness.write(id, at % 2 ? doctor : patient, `n° ${at}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(201));
    const { items } = await harness.messages(id, doctor, '?limit=100');
    expect(items.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: 30 }, (_, at) => 30 - at),
    );
    expect((await list(doctor)).items[0].unread).toBe(15);
  }, 60_000);

  it('is refused to strangers as if there were no conversation, and changes nothing', async () => {
    const { id, doctor } = await harness.conversation();
    const before = await harness.collection('conversations').findOne({ _id: id });
    for (const stranger of [newPatient(), newDoctor()])
      for (const [method, path, body] of [
        ['POST', `/conversations/${id}/messages`, { text: 'bonjour' }],
        ['GET', `/conversations/${id}/messages`, undefined],
        ['GET', `/conversations/${id}`, undefined],
        ['POST', `/conversations/${id}/read`, undefined],
        ['POST', `/conversations/${id}/delivered`, undefined],
        ['GET', `/conversations/${id}/messages/m/files/f`, undefined],
      ] as const) {
        const answer = await harness.call(method, path, stranger, body);
        expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'not-found']);
      }
    expect((await harness.call('PUT', `/conversations/${id}/closing`, newDoctor(), { closed: true })).status).toBe(404);
    expect(await harness.collection('conversations').findOne({ _id: id })).toEqual(before);
    expect((await harness.messages(id, doctor)).items).toEqual([]);
  });

  it('is refused once the care has ended, while what was written stays to be read', async () => {
    const talk = await harness.conversation();
    await harness.write(talk.id, talk.patient, 'avant');
    await harness.ended(talk);
    for (const as of [talk.doctor, talk.patient]) {
      const { status, body } = await harness.write(talk.id, as, 'après');
      expect([status, body.code]).toEqual([409, 'care-ended']);
      expect((await harness.messages(talk.id, as)).items).toHaveLength(1);
      expect((await harness.call('GET', `/conversations/${talk.id}`, as)).body.obstacle).toBe('care-ended');
    }
  });

  it.each([
    ['nothing', {}, 'text', 'required'],
    ['blanks', { text: '  \n ' }, 'text', 'required'],
    ['4,001 characters', { text: 'a'.repeat(4001) }, 'text', 'too-long'],
    ['an operator', { text: { $gt: '' } }, 'text', 'invalid'],
    ['an author of choice', { text: 'a', authorId: 'x' }, 'authorId', 'unknown-field'],
    ['a file in JSON', { text: 'a', file: 'x' }, 'file', 'unknown-field'],
  ])('of %s names what is wrong', async (_, body, field, code) => {
    const { id, patient } = await harness.conversation();
    const answer = await harness.call('POST', `/conversations/${id}/messages`, patient, body);
    expect([answer.status, answer.body.errors[0]]).toEqual([422, expect.objectContaining({ field, code })]);
  });
});
