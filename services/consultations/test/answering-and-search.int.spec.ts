import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type Identified } from '@medflow/testing';
import { ConversationsHarness, internally, newDoctor, newPatient } from './conversations-harness.js';

let harness: ConversationsHarness;
beforeAll(async () => {
  harness = await ConversationsHarness.start();
});
afterAll(() => harness.stop());

const list = async (as: Identified, query = '') => (await harness.call('GET', `/conversations${query}`, as)).body;

describe('a doctor who does not answer now', () => {
  const close = (id: string, as: Identified, body: object) =>
    harness.call('PUT', `/conversations/${id}/closing`, as, body);

  it('has the automatic answer given, once a day, and the patient’s message kept', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const closed = await close(id, doctor, { closed: true, autoReply: 'Je suis absent jusqu’à lundi.' });
    expect([closed.status, closed.body.closed, closed.body.autoReply]).toEqual([
      200,
      true,
      'Je suis absent jusqu’à lundi.',
    ]);
    expect((await harness.write(id, patient, 'un')).status).toBe(201);
    expect((await harness.write(id, patient, 'deux')).status).toBe(201);
    const told = (await harness.messages(id, patient)).items.map(
      ({ text, automatic, author }: { text: string; automatic: boolean; author: Identified }) => [
        text,
        automatic,
        author.id,
      ],
    );
    expect(told).toEqual([
      ['deux', false, patient.id],
      ['Je suis absent jusqu’à lundi.', true, doctor.id],
      ['un', false, patient.id],
    ]);
    expect((await list(patient)).unread).toBe(0);
    expect((await list(doctor)).unread).toBe(2);
  });

  it('and leaves no answer takes no messages, until the conversation is open again', async () => {
    const { id, doctor, patient } = await harness.conversation();
    await close(id, doctor, { closed: true });
    const refused = await harness.write(id, patient, 'un');
    expect([refused.status, refused.body.code]).toEqual([409, 'conversation-closed']);
    expect((await harness.write(id, doctor, 'à bientôt')).status).toBe(201);
    await close(id, doctor, { closed: false });
    expect((await harness.write(id, patient, 'un')).status).toBe(201);
  });

  it('is outside the hours that hold for all, and not within them', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const settings = { autoReply: 'Je réponds le matin.', hours: [1, 2, 3, 4, 5, 6, 7].map(always) };
    expect((await harness.call('PUT', '/conversations/settings', doctor, settings)).body).toEqual(settings);
    await harness.write(id, patient, 'un');
    expect((await harness.messages(id, patient)).items).toHaveLength(1);
    // Of this conversation alone: hours that never come to an end before they begin.
    await close(id, doctor, {
      closed: false,
      hours: [{ weekday: ((new Date().getUTCDay() + 2) % 7) + 1, start: '00:00', end: '00:01' }],
    });
    await harness.write(id, patient, 'deux');
    expect((await harness.messages(id, patient)).items[0]).toMatchObject({
      text: 'Je réponds le matin.',
      automatic: true,
    });
    expect((await harness.call('GET', '/conversations/settings', doctor)).body).toEqual(settings);
  });

  it('is not a patient, and no hour ends before it begins', async () => {
    const { id, doctor, patient } = await harness.conversation();
    expect((await close(id, patient, { closed: true })).status).toBe(403);
    expect((await harness.call('GET', '/conversations/settings', patient)).status).toBe(403);
    const hours = [{ weekday: 1, start: '12:00', end: '08:00' }];
    const answer = await close(id, doctor, { closed: true, hours });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'hours.0.end']);
  });

  const always = (weekday: number) => ({ weekday, start: '00:00', end: '24:00' });
});

describe('finding what was written', () => {
  it('finds messages by the beginnings of their words, whatever the accents, in one’s own only', async () => {
    const { id, doctor, patient } = await harness.conversation();
    const other = await harness.conversation({ doctor });
    await harness.write(id, patient, 'Votre ordonnance d’amoxicilline est prête');
    await harness.write(id, doctor, 'La fièvre est tombée');
    await harness.write(other.id, other.patient, 'Une ordonnance aussi');
    const found = async (as: Identified, q: string) =>
      (await harness.messages(id, as, `?q=${encodeURIComponent(q)}`)).items.map(({ text }: { text: string }) => text);
    expect(await found(patient, 'ORDON')).toEqual(['Votre ordonnance d’amoxicilline est prête']);
    expect(await found(doctor, 'fievre tomb')).toEqual(['La fièvre est tombée']);
    expect(await found(doctor, 'fievre ordonnance')).toEqual([]);
    expect(await found(doctor, '!!')).toEqual([]);
    const ids = async (as: Identified, q: string) =>
      (await list(as, `?q=${encodeURIComponent(q)}`)).items.map((item: { id: string }) => item.id);
    expect((await ids(doctor, 'ordonnance')).sort()).toEqual([id, other.id].sort());
    expect(await ids(patient, 'ordonnance')).toEqual([id]);
    expect(await ids(newPatient(), 'ordonnance')).toEqual([]);
  });

  it('finds conversations by the other’s name', async () => {
    const { id, doctor, patient } = await harness.conversation();
    await harness.conversation({ doctor });
    await harness.named(patient, 'Zeïneb', 'Oueslati');
    const found = async (q: string) => (await list(doctor, `?q=${q}`)).items.map((item: { id: string }) => item.id);
    expect(await found('zein')).toEqual([id]);
    expect(await found('oues')).toEqual([id]);
    expect(await found('personne')).toEqual([]);
  });

  it('pages through conversations and messages without leaving one out', async () => {
    const doctor = newDoctor();
    const talks = [];
    for (let at = 0; at < 5; at += 1) talks.push(await harness.conversation({ doctor }));
    for (const { id, patient } of talks) await harness.write(id, patient, 'bonjour');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await list(
        doctor,
        `?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(talks.map(({ id }) => id).reverse());
    const { id, patient } = talks[0]!;
    for (let at = 2; at <= 5; at += 1) await harness.write(id, patient, `n° ${at}`);
    const first = await harness.messages(id, doctor, '?limit=3');
    const second = await harness.messages(id, doctor, `?limit=3&cursor=${first.nextCursor}`);
    const numbers = [...first.items, ...second.items].map(({ number }: { number: number }) => number);
    expect([numbers, second.nextCursor]).toEqual([[5, 4, 3, 2, 1], null]);
    expect((await harness.call('GET', `/conversations/${id}/messages?cursor=x`, doctor)).status).toBe(422);
  });
});

describe('typing', () => {
  const type = (id: string, accountId: string, headers: Record<string, string> = internally) =>
    harness.call('POST', `/internal/conversations/${id}/typing`, undefined, { accountId }, headers);

  it('is passed on to the other, from nobody else, and by services only', async () => {
    const { id, doctor, patient } = await harness.conversation();
    expect((await type(id, patient.id, {})).status).toBe(401);
    for (const account of [newPatient().id, patient.id, doctor.id]) expect((await type(id, account)).status).toBe(204);
    expect((await type('nowhere', patient.id)).status).toBe(204);
    await eventually(() => harness.told.filter(({ data }) => data.conversationId === id).length === 2);
    const told = harness.told.filter(({ type: name }) => name.includes('typing')).map(({ data }) => data);
    expect(told).toEqual([
      { conversationId: id, accountId: patient.id, otherId: doctor.id },
      { conversationId: id, accountId: doctor.id, otherId: patient.id },
    ]);
  });
});
