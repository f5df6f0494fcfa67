import type { Answer, Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asksFirst, type Held, newPatient, price, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

let doctor: Identified;
let slots: { id: string; startsAt: string; endsAt: string }[];
beforeEach(async () => {
  doctor = await harness.publishedDoctor(asksFirst);
  // Away from now: the first ones may begin, or be too near to be moved.
  slots = (await harness.slotsOf(doctor)).slice(-12);
});

const moveTo = (visit: Pick<Held, 'id' | 'patient'>, slotId: string, headers: Record<string, string> = {}) =>
  harness.service.call('POST', `/appointments/${visit.id}/reschedule`, {
    as: visit.patient,
    body: { slotId },
    headers,
  });
const requested = async (slotId: string, as = newPatient()): Promise<Held> => {
  const { body } = await harness.book(as, slotId);
  return { id: body.id, slotId, patient: as, doctor };
};
const accepted = async (slotId: string): Promise<Held> => {
  const visit = await requested(slotId);
  expect((await harness.step(doctor, visit, 'accept')).status).toBe(200);
  return visit;
};
const freeIds = async () => (await harness.slotsOf(doctor)).map(({ id }) => id);
const told = ({ id }: Held) => harness.told.get(id);

describe('a patient who moves their appointment', () => {
  it('has it at the other time, to be answered anew, and the earlier slot is free', async () => {
    const visit = await accepted(slots[0]!.id);
    const answer = await moveTo(visit, slots[3]!.id);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"3"']);
    const { startsAt, endsAt } = slots[3]!;
    expect(answer.body).toMatchObject({
      status: 'requested',
      startsAt,
      endsAt,
      version: 3,
      payment: { status: 'due' },
    });
    expect(await harness.read(visit.patient, visit.id)).toEqual(answer.body);
    const free = await freeIds();
    expect([free.includes(slots[0]!.id), free.includes(slots[3]!.id)]).toEqual([true, false]);
    expect(await harness.toldLast(visit, 'rescheduled')).toMatchObject({
      ...{ startsAt, endsAt, by: 'patient', status: 'requested', previousStartsAt: slots[0]!.startsAt },
    });
    expect(told(visit)).toEqual(['appointment-requested', 'appointment-accepted', 'appointment-rescheduled']);
    expect((await harness.step(doctor, visit, 'accept')).body).toMatchObject({ status: 'accepted', startsAt });
  });

  it('is not asked to wait where the doctor accepts every booking', async () => {
    doctor = await harness.publishedDoctor({ ...asksFirst, autoAccept: true });
    const [first, second] = (await harness.slotsOf(doctor)).slice(-2);
    const visit = await requested(first!.id);
    expect((await moveTo(visit, second!.id)).body).toMatchObject({ status: 'accepted', startsAt: second!.startsAt });
    expect(await harness.toldLast(visit, 'rescheduled')).toMatchObject({ status: 'accepted' });
  });

  it('keeps what is paid, which follows to the new time', async () => {
    doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor, newPatient(), 6);
    const other = (await harness.slotsOf(doctor)).at(-1)!;
    expect((await moveTo(hold, other.id)).body.code).toBe('invalid-transition');
    await harness.authorise(hold);
    await harness.step(doctor, hold, 'accept');
    await harness.capture(hold);
    const { body } = await moveTo(hold, other.id);
    expect(body).toMatchObject({ status: 'requested', startsAt: other.startsAt, payment: { status: 'paid' } });
    expect((await harness.step(doctor, hold, 'reject', { reason: 'Absent' })).status).toBe(200);
    expect(await harness.claimsOf(hold.id)).toEqual([]);
  });

  it('is told what else is free where somebody has the slot, and keeps what they have', async () => {
    const [visit, rival] = [await accepted(slots[0]!.id), await requested(slots[3]!.id)];
    const { status, body } = await moveTo(visit, rival.slotId);
    expect([status, body.code, body.reason]).toEqual([409, 'slot-taken', 'slot-taken']);
    expect(body.alternatives.length).toBeGreaterThan(0);
    expect(body.alternatives.map(({ id }: { id: string }) => id)).not.toContain(rival.slotId);
    expect(await harness.read(visit.patient, visit.id)).toMatchObject({ status: 'accepted', version: 2 });
  });

  it('has a time of their own only once', async () => {
    const patient = newPatient();
    const visit = await requested(slots[0]!.id, patient);
    const elsewhere = await harness.publishedDoctor(asksFirst);
    const same = (await harness.slotsOf(elsewhere)).find(({ startsAt }) => startsAt === slots[3]!.startsAt)!;
    expect((await harness.book(patient, same.id)).status).toBe(201);
    expect((await moveTo(visit, slots[3]!.id)).body).toMatchObject({ code: 'slot-taken', reason: 'patient-busy' });
  });

  it('takes over the slot of a hold that has lapsed', async () => {
    doctor = await harness.publishedDoctor();
    const [paid, lapsed] = [await harness.held(doctor, newPatient(), 4), await harness.held(doctor, newPatient(), 8)];
    await harness.authorise(paid);
    await harness.lapse(lapsed);
    expect((await moveTo(paid, lapsed.slotId)).status).toBe(200);
    expect(await harness.read(lapsed.patient, lapsed.id)).toMatchObject({ status: 'expired' });
  });

  it('is refused past the deadline of the policy it was booked on, and may move for nothing before an answer', async () => {
    const cancellation = { cutoffHours: 720, tiers: [{ hoursBefore: 0, refundPercent: 50 }] };
    doctor = await harness.publishedDoctor({ ...asksFirst, cancellation });
    const [first, second, third] = (await harness.slotsOf(doctor)).slice(-3);
    const visit = await requested(first!.id);
    expect((await moveTo(visit, second!.id)).body).toMatchObject({ policy: { movableUntil: second!.startsAt } });
    const { policy } = (await harness.step(doctor, visit, 'accept')).body;
    const { status, body } = await moveTo(visit, third!.id);
    expect([status, body.code, body.until]).toEqual([409, 'too-late', new Date(policy.wholeRefundUntil).toISOString()]);
    expect(policy.movableUntil).toBe(policy.wholeRefundUntil);
  });

  it('keeps to the same doctor, to slots that are offered, and to the price once it may be paid', async () => {
    const visit = await accepted(slots[0]!.id);
    const other = await harness.publishedDoctor(asksFirst);
    const foreign = await moveTo(visit, (await harness.slotsOf(other)).at(-1)!.id);
    expect([foreign.status, foreign.body.errors[0].field]).toEqual([422, 'slotId']);
    expect((await moveTo(visit, 'none')).status).toBe(422);
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      ...{ weekday, start: '13:00', end: '14:00', slotMinutes: 30, mode: 'video', price: { ...price, amount: 80_000 } },
    }));
    const body = { ...asksFirst, timeZone: 'Africa/Tunis', weekly };
    await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body });
    expect((await moveTo(visit, slots[3]!.id)).body).toMatchObject({ code: 'slot-taken', reason: 'slot-withdrawn' });
    const dearer = (await harness.slotsOf(doctor)).at(-1)!;
    expect(await moveTo(visit, dearer.id)).toMatchObject({ status: 409, body: { code: 'price-differs', price } });
    expect((await moveTo(await requested(dearer.id), slots[0]!.id)).body.reason).toBe('slot-withdrawn');
  });

  it('has it done once for one key, and at the version that they saw', async () => {
    const visit = await accepted(slots[0]!.id);
    expect((await moveTo(visit, slots[3]!.id, { 'if-match': '"1"' })).status).toBe(412);
    const key = { 'idempotency-key': crypto.randomUUID(), 'if-match': '"2"' };
    const answers = [await moveTo(visit, slots[3]!.id, key), await moveTo(visit, slots[3]!.id, key)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect((await moveTo(visit, slots[5]!.id, key)).body.code).toBe('idempotency-key-reused');
    // Without a key as well: it is there already.
    expect((await moveTo(visit, slots[3]!.id)).body.version).toBe(3);
    await harness.toldLast(visit, 'rescheduled');
    expect(told(visit)!.filter((name) => name === 'appointment-rescheduled')).toHaveLength(1);
  });

  it('is the only one who may', async () => {
    const visit = await accepted(slots[0]!.id);
    const stranger = newPatient();
    expect((await moveTo({ ...visit, patient: stranger }, slots[3]!.id)).status).toBe(404);
  });
});

describe('moves that meet', () => {
  const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort();

  it('one of ten gets the slot, the others keep theirs', async () => {
    const visits = await Promise.all(slots.slice(0, 10).map(({ id }) => requested(id)));
    const wanted = slots.at(-1)!.id;
    const keyed = (n: number): Record<string, string> => (n % 2 ? { 'idempotency-key': crypto.randomUUID() } : {});
    const answers = await Promise.all(visits.flatMap((visit, n) => [moveTo(visit, wanted, keyed(n))]));
    expect(statuses(answers)).toEqual([200, ...Array(9).fill(409)]);
    const free = await freeIds();
    const kept = slots.slice(0, 10).filter(({ id }) => !free.includes(id));
    expect(kept).toHaveLength(9);
  });

  it('a move and a cancellation leave it called off, with no time claimed', async () => {
    const visit = await accepted(slots[0]!.id);
    const [moved, called] = await Promise.all([
      moveTo(visit, slots[3]!.id),
      harness.step(visit.patient, visit, 'cancel'),
    ]);
    expect([called.status, [200, 409].includes(moved.status)]).toEqual([200, true]);
    expect(await harness.claimsOf(visit.id)).toEqual([]);
    expect(await freeIds()).toEqual(expect.arrayContaining([slots[0]!.id, slots[3]!.id]));
  });

  it('a move and the doctor’s yes leave one yes, for one of the two times', async () => {
    const visit = await requested(slots[0]!.id);
    const [moved, yes] = await Promise.all([moveTo(visit, slots[3]!.id), harness.step(doctor, visit, 'accept')]);
    expect(moved.status).toBe(200);
    const { status, startsAt } = await harness.read(visit.patient, visit.id);
    expect(startsAt).toBe(slots[3]!.startsAt);
    // Said before the move, it is asked for again.
    expect(yes.body.startsAt === startsAt ? status : 'requested').toBe(status);
    expect((await harness.claimsOf(visit.id)).filter(({ _id }) => /^[dp]:/.test(_id))).toHaveLength(12);
  });
});
