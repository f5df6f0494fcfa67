import { type Answer, eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newPatient, next, price, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

const asked = { payment: 'after-acceptance' };
const refusal = ({ status, body }: Answer) => [status, body.code, body.max, body.scope];
const count = (answers: Answer[]) => answers.filter(({ status }) => status === 201).length;

/** Books the first slots that are free, so many at the same moment. */
async function ask(patient: Identified, doctor: Identified, times: number, from = 0): Promise<Answer[]> {
  const slots = (await harness.slotsOf(doctor)).slice(from, from + times);
  return Promise.all(slots.map(({ id }) => harness.book(patient, id)));
}

/** A visit of the past, as it would have been left. */
async function visited(patient: Identified, doctor: Identified): Promise<void> {
  const startsAt = new Date(Date.now() - 30 * 86_400_000);
  const person = ({ id }: Identified) => ({ id, firstName: 'A', lastName: 'B' });
  const visit = { _id: next('visit'), patient: person(patient), doctor: person(doctor), startsAt, endsAt: startsAt };
  const rest = { status: 'completed', mode: 'video', price, bufferMinutes: 0, createdAt: startsAt, version: 3 };
  await harness
    .collection('appointments')
    .insertOne({ ...visit, ...rest, reason: null, countedOn: '2026-01-01' } as never);
}

describe('requests without an answer', () => {
  it('are three of one patient with one doctor, and another’s are their own', async () => {
    const [doctor, patient] = [await harness.publishedDoctor(asked), newPatient()];
    for (const answer of await ask(patient, doctor, 3)) expect(answer.status).toBe(201);
    const [fourth] = await ask(patient, doctor, 1);
    expect(refusal(fourth!)).toEqual([409, 'too-many-requests-open', 3, 'doctor']);
    expect((await ask(newPatient(), doctor, 1))[0]!.status).toBe(201);
    expect((await ask(patient, await harness.publishedDoctor(asked), 1, 5))[0]!.status).toBe(201);
  });

  it.each([
    ['fr', 'Vous avez déjà 3 demandes sans réponse : attendez une réponse ou annulez l’une d’elles.'],
    ['en', 'You already have 3 requests without an answer: wait for one or cancel one of them.'],
    ['ar', 'لديك بالفعل 3 طلبات دون رد: انتظر ردًا أو ألغِ أحدها.'],
  ])('in %s say what to do when there are too many', async (language, detail) => {
    const [doctor, patient] = [await harness.publishedDoctor(asked), newPatient()];
    await ask(patient, doctor, 3);
    const [slot] = await harness.slotsOf(doctor);
    const answer = await harness.book(patient, slot!.id, { 'accept-language': language });
    expect(answer.body.detail).toBe(detail);
  });

  it('make room again whichever way they end', async () => {
    const [doctor, patient] = [await harness.publishedDoctor(asked), newPatient()];
    const steps = [
      ['accept', doctor, {}],
      ['reject', doctor, { reason: 'Absent' }],
      ['cancel', patient, {}],
    ] as const;
    const [first, ...others] = await ask(patient, doctor, 3);
    for (const [index, [step, as, body]] of steps.entries()) {
      const { id } = [first!, ...others][index]!.body;
      expect((await harness.service.call('POST', `/appointments/${id}/${step}`, { as, body })).status).toBe(200);
      expect(count(await ask(patient, doctor, 2))).toBe(1);
    }
    // Nobody answers these.
    const past = new Date(Date.now() - 60_000);
    await harness
      .collection('appointments')
      .updateMany({ 'patient.id': patient.id, status: 'requested' } as never, { $set: { startsAt: past } });
    await eventually(async () => count(await ask(patient, doctor, 1)) === 1, { timeoutMs: 45_000, everyMs: 1_000 });
  }, 60_000);

  it('are eight in all', async () => {
    const patient = newPatient();
    for (const times of [3, 3, 2]) {
      const doctor = await harness.publishedDoctor(asked);
      // At different times: nobody can be seen twice at once.
      const busy = (await harness.service.call('GET', '/appointments', { as: patient })).body.items.length;
      expect(count(await ask(patient, doctor, times, busy))).toBe(times);
    }
    const [ninth] = await ask(patient, await harness.publishedDoctor(asked), 1, 8);
    expect(refusal(ninth!)).toEqual([409, 'too-many-requests-open', 8, 'all']);
  });

  it('are never more, though fifty are asked for at once over two replicas, half of them with keys', async () => {
    const replica = await harness.replica();
    const patient = newPatient();
    const token = await harness.service.identity.token(patient);
    const doctors = await Promise.all(Array.from({ length: 5 }, () => harness.publishedDoctor(asked)));
    // Ten slots of each, none at the same time as another.
    const slots = (await Promise.all(doctors.map((doctor) => harness.slotsOf(doctor)))).map((of, n) =>
      of.slice(n * 10, n * 10 + 10),
    );
    const answers = await Promise.all(
      slots.flat().map(async ({ id: slotId }, n) => {
        const url = n % 2 ? replica.url : harness.service.url;
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(n % 4 < 2 && { 'idempotency-key': next('key') }),
        };
        const response = await fetch(`${url}/appointments`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ slotId }),
        });
        return { status: response.status, body: await response.json() } as Answer;
      }),
    );
    await replica.close();
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [409, 'too-many-requests-open']),
    );
    const kept = await harness
      .collection('appointments')
      .find({ 'patient.id': patient.id } as never)
      .toArray();
    expect(kept).toHaveLength(8);
    const perDoctor = doctors.map(
      ({ id }) => kept.filter((one) => (one as unknown as { doctor: { id: string } }).doctor.id === id).length,
    );
    expect(Math.max(...perDoctor)).toBeLessThanOrEqual(3);
  }, 60_000);

  it('are six with a doctor who has seen the patient, and one more in all for each visit', async () => {
    const [doctor, stranger, patient] = [
      await harness.publishedDoctor(asked),
      await harness.publishedDoctor(asked),
      newPatient(),
    ];
    await visited(patient, doctor);
    const answers = await ask(patient, doctor, 8);
    expect(count(answers)).toBe(6);
    expect(refusal(answers.find(({ status }) => status !== 201)!)).toEqual([
      409,
      'too-many-requests-open',
      6,
      'doctor',
    ]);
    const elsewhere = await ask(patient, stranger, 4, 10);
    expect(count(elsewhere)).toBe(3);
    const [tenth] = await ask(patient, await harness.publishedDoctor(asked), 1, 20);
    expect(refusal(tenth!)).toEqual([409, 'too-many-requests-open', 9, 'all']);
  });

  it('are not those that are accepted at once, nor those that are paid', async () => {
    const [atOnce, paid, patient] = [
      await harness.publishedDoctor({ ...asked, autoAccept: true }),
      await harness.publishedDoctor(),
      newPatient(),
    ];
    expect(count(await ask(patient, atOnce, 10))).toBe(10);
    for (let n = 0; n < 4; n += 1) {
      const hold = await harness.held(paid, patient, 20);
      await harness.authorise(hold);
      await harness.standing(hold, 'requested');
    }
  });
});
