import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asksFirst, type Held, newDoctor, newPatient, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

let doctor: Identified;
let slots: { id: string; startsAt: string; endsAt: string }[];
let visit: Held;
beforeEach(async () => {
  doctor = await harness.publishedDoctor(asksFirst);
  slots = (await harness.slotsOf(doctor)).slice(-12);
  const patient = newPatient();
  const { body } = await harness.book(patient, slots[0]!.id);
  visit = { id: body.id, slotId: slots[0]!.id, patient, doctor };
  await harness.step(doctor, visit, 'accept');
});

const propose = (at: number, as = doctor) => harness.step(as, visit, 'reschedule', { slotId: slots[at]!.id });
const answer = (word: 'accept' | 'decline', as = visit.patient) => harness.step(as, visit, `reschedule/${word}`);
const freeOf = async (...at: number[]): Promise<boolean[]> => {
  const free = (await harness.slotsOf(doctor)).map(({ id }) => id);
  return at.map((one) => free.includes(slots[one]!.id));
};
const kept = () => ({ startsAt: slots[0]!.startsAt, endsAt: slots[0]!.endsAt });

describe('a doctor who would rather have a visit at another time', () => {
  it('proposes it, and both times are kept until the patient answers', async () => {
    const { status, body } = await propose(3);
    const { id: slotId, startsAt, endsAt } = slots[3]!;
    expect([status, body.status, body.version]).toEqual([200, 'accepted', 3]);
    expect(body).toMatchObject({ ...kept(), proposal: { slotId, startsAt, endsAt, until: slots[0]!.startsAt } });
    expect((await harness.read(visit.patient, visit.id)).proposal).toEqual(body.proposal);
    expect(await freeOf(0, 3)).toEqual([false, false]);
    expect((await harness.book(newPatient(), slotId)).body.code).toBe('slot-taken');
    expect(await harness.toldLast(visit, 'reschedule-proposed')).toMatchObject({
      ...kept(),
      ...{ status: 'accepted', proposal: { startsAt, endsAt } },
    });
    expect((await propose(3)).body.version).toBe(3);
  });

  it('has it there once the patient agrees', async () => {
    await propose(3);
    const { startsAt, endsAt } = slots[3]!;
    const { status, body } = await answer('accept');
    expect([status, body.status, body.proposal]).toEqual([200, 'accepted', undefined]);
    expect(body).toMatchObject({ startsAt, endsAt });
    expect(await freeOf(0, 3)).toEqual([true, false]);
    expect(await harness.toldLast(visit, 'rescheduled')).toMatchObject({ startsAt, by: 'doctor', status: 'accepted' });
    expect((await harness.claimsOf(visit.id)).every((claim) => !('holdUntil' in claim))).toBe(true);
    expect((await answer('accept')).body.code).toBe('invalid-transition');
  });

  it('has it as it was when the patient would rather not', async () => {
    await propose(3);
    const { body } = await answer('decline');
    expect([body.status, body.startsAt, body.proposal]).toEqual(['accepted', slots[0]!.startsAt, undefined]);
    expect(await freeOf(0, 3)).toEqual([false, true]);
    expect(await harness.toldLast(visit, 'reschedule-declined')).toMatchObject(kept());
    expect(harness.told.get(visit.id)!.slice(-2)).toEqual([
      'appointment-reschedule-proposed',
      'appointment-reschedule-declined',
    ]);
  });

  it('may propose another, which takes the place of the first, and leaves nothing claimed when it is called off', async () => {
    await propose(3);
    const { body } = await propose(5);
    expect(body.proposal.startsAt).toBe(slots[5]!.startsAt);
    expect(await freeOf(0, 3, 5)).toEqual([false, true, false]);
    await harness.step(visit.patient, visit, 'cancel');
    expect(await harness.claimsOf(visit.id)).toEqual([]);
    expect(await freeOf(0, 3, 5)).toEqual([true, true, true]);
  });

  it('is told what is free where somebody has the slot', async () => {
    await harness.book(newPatient(), slots[3]!.id);
    const { status, body } = await propose(3);
    expect([status, body.code, body.reason, body.alternatives.length > 0]).toEqual([
      409,
      'slot-taken',
      'slot-taken',
      true,
    ]);
  });

  it('leaves a slot that was proposed to whoever wants it once that has lapsed', async () => {
    await propose(3);
    const past = new Date(Date.now() - 60_000);
    const ids = (await harness.claimsOf(visit.id)).filter((claim) => 'holdUntil' in claim).map(({ _id }) => _id);
    expect(ids).toHaveLength(12);
    await harness.collection('claims').updateMany({ _id: { $in: ids } }, { $set: { holdUntil: past } });
    await harness
      .collection('appointments')
      .updateOne({ _id: visit.id }, { $set: { 'proposal.until': past } as never });
    expect((await harness.read(visit.patient, visit.id)).proposal).toBeUndefined();
    expect(await freeOf(3)).toEqual([true]);
    expect((await answer('accept')).body.code).toBe('invalid-transition');
    expect((await harness.book(newPatient(), slots[3]!.id)).status).toBe(201);
    expect(await harness.toldLast(visit, 'reschedule-lapsed')).toMatchObject({ ...kept(), status: 'accepted' });
    expect(await harness.claimsOf(visit.id)).toHaveLength(12);
    expect(await harness.read(visit.patient, visit.id)).toMatchObject({ status: 'accepted', ...kept() });
  });

  it('is the only one who may propose, and its patient the only one who may answer', async () => {
    expect((await propose(3, newDoctor())).status).toBe(404);
    await propose(3);
    expect((await answer('accept', newPatient())).status).toBe(404);
    expect((await answer('accept', doctor)).status).toBe(403);
    expect((await answer('decline', doctor)).status).toBe(403);
  });

  it('gets one answer of two at once', async () => {
    await propose(3);
    const answers = await Promise.all([answer('accept'), answer('decline'), answer('accept'), answer('decline')]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { startsAt } = await harness.read(visit.patient, visit.id);
    expect(await freeOf(0, 3)).toEqual([startsAt !== slots[0]!.startsAt, startsAt !== slots[3]!.startsAt]);
  });
});
