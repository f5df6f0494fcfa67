import { doctorPublishedV1, doctorSuspendedV1, type SuspensionReason } from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Held, newPatient, next, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

const patience = { timeoutMs: 15_000 };
let sequence = 1;
const suspend = (doctor: Identified, reason?: SuspensionReason, at = (sequence += 1), id?: string) =>
  harness.deliver(doctorSuspendedV1, doctor.id, { doctorId: doctor.id, ...(reason && { reason }) }, at, id);
const publish = (doctor: Identified, at = (sequence += 1)) => {
  const card = { firstName: 'Karim', lastName: 'Trabelsi', specializations: ['cardiology'], city: 'Tunis' };
  return harness.deliver(doctorPublishedV1, doctor.id, { doctorId: doctor.id, ...card, timeZone: 'Africa/Tunis' }, at);
};
const asked = { payment: 'after-acceptance' };

/** A doctor of a field and a place, as others are looked for instead. */
async function doctorWith(plan: object = asked): Promise<Identified> {
  const doctor = await harness.publishedDoctor(plan);
  await publish(doctor);
  return doctor;
}

async function requested(doctor: Identified, patient = newPatient(), at = 0): Promise<Held> {
  const slot = (await harness.slotsOf(doctor))[at]!;
  const { status, body } = await harness.service.call('POST', '/appointments', {
    as: patient,
    body: { slotId: slot.id, reason: 'Palpitations' },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { id: body.id, slotId: slot.id, patient, doctor };
}

async function accepted(doctor: Identified, patient = newPatient(), at = 0): Promise<Held> {
  const visit = await requested(doctor, patient, at);
  expect((await harness.step(doctor, visit, 'accept')).status).toBe(200);
  return visit;
}

const flagged = (visit: Held) =>
  eventually(async () => {
    const appointment = await harness.read(visit.patient, visit.id);
    return appointment.doctorUnavailable ? appointment : undefined;
  }, patience);
const begins = ({ id }: Held, inMs: number) =>
  harness.collection('appointments').updateOne({ _id: id }, { $set: { startsAt: new Date(Date.now() + inMs) } });
/** As if the time of the next look had come. */
const lookAgain = (doctor: Identified) =>
  harness.collection('doctors').updateOne({ _id: doctor.id }, { $set: { settleAt: new Date() } });

describe('a doctor who may see nobody', () => {
  it.each(['refused', 'unverified', 'account-suspended', undefined] as const)(
    'is one who is suspended as %s',
    async (reason) => {
      const doctor = await doctorWith();
      const request = await requested(doctor);
      await suspend(doctor, reason);
      const answer = await harness.step(doctor, request, 'accept');
      expect([answer.status, answer.body.code]).toEqual([403, 'not-practising']);
    },
  );

  it('neither accepts, nor publishes hours, nor is booked, from the moment that it is told', async () => {
    const doctor = await doctorWith();
    const [slot] = await harness.slotsOf(doctor);
    const visit = await accepted(doctor);
    await suspend(doctor, 'refused');
    const as = { as: doctor, headers: { 'accept-language': 'en' } };
    const hours = await harness.service.call('PUT', '/doctors/me/availability', { ...as, body: {} });
    expect([hours.status, hours.body.code]).toEqual([403, 'not-practising']);
    expect(hours.body.detail).toMatch(/^You may not see patients/);
    for (const step of ['complete', 'no-show'])
      expect((await harness.step(doctor, visit, step)).body.code).toBe('not-practising');
    expect((await harness.book(newPatient(), slot!.id)).status).toBe(404);
    expect((await harness.service.call('GET', `/doctors/${doctor.id}/slots`)).status).toBe(404);
  });

  it('may close what began before', async () => {
    const doctor = await doctorWith();
    const visit = await accepted(doctor);
    await begins(visit, -20 * 60_000);
    await suspend(doctor, 'refused');
    const { status, body } = await harness.step(doctor, visit, 'complete');
    expect([status, body.status]).toEqual([200, 'completed']);
  });

  it('reads of no patient any more why they come', async () => {
    const doctor = await doctorWith();
    const visit = await accepted(doctor);
    const internally = { headers: { 'x-medflow-internal': 'test-internal-token' } };
    const reasons = async () => {
      const { items } = (await harness.service.call('GET', '/appointments', { as: doctor })).body;
      const one = await harness.read(doctor, visit.id);
      await begins(visit, 60_000);
      const agenda = await harness.service.call(
        'GET',
        `/internal/appointments/doctors/${doctor.id}/agenda`,
        internally,
      );
      return [items[0].reason, one.reason, agenda.body.today[0]?.reason];
    };
    expect((await reasons()).slice(0, 2)).toEqual(['Palpitations', 'Palpitations']);
    await suspend(doctor, 'refused');
    for (const reason of await reasons()) expect(reason ?? null).toBeNull();
    expect((await harness.read(visit.patient, visit.id)).reason).toBe('Palpitations');
    const cancelled = await harness.step(doctor, visit, 'cancel');
    expect([cancelled.status, cancelled.body.reason]).toEqual([200, null]);
  });

  it('has what was asked for or held called off, with everything back, and the time is free', async () => {
    const doctor = await doctorWith();
    const request = await requested(doctor);
    const prepaid = await doctorWith({});
    const [hold, paid] = [await harness.held(prepaid), await harness.held(prepaid)];
    await harness.authorise(paid);
    await harness.standing(paid, 'requested');
    const [ofRequest, ofHold] = await Promise.all([harness.claimsOf(request.id), harness.claimsOf(hold.id)]);
    expect(Math.min(ofRequest.length, ofHold.length)).toBeGreaterThan(0);
    await Promise.all([suspend(doctor, 'unverified'), suspend(prepaid, 'account-suspended')]);
    for (const visit of [request, hold, paid]) {
      await harness.standing(visit, 'cancelled');
      expect(await harness.read(visit.patient, visit.id)).toMatchObject({
        cancellation: { by: 'doctor', reason: null, because: 'doctor-unavailable' },
        searchFor: { specialization: 'cardiology', city: 'Tunis' },
      });
      expect(await harness.claimsOf(visit.id)).toEqual([]);
    }
    await eventually(() => harness.last.get(paid.id)?.because === 'doctor-unavailable');
    expect(harness.last.get(paid.id)).toMatchObject({ by: 'doctor', refund: { amount: 60_000 } });
    expect(harness.last.get(hold.id)).toMatchObject({ announced: false });
  });

  it('leaves accepted visits to their patients: told once, all back when called off, and called off when they would begin', async () => {
    const doctor = await doctorWith({ cancellation: { cutoffHours: 720, tiers: [] }, ...asked });
    const [moved, left] = [await accepted(doctor), await accepted(doctor, newPatient(), 3)];
    for (const visit of [moved, left]) await harness.capture(visit);
    expect((await harness.read(moved.patient, moved.id)).policy.refundPercentNow).toBe(0);
    const id = crypto.randomUUID();
    await Promise.all([suspend(doctor, 'refused', 50, id), suspend(doctor, 'refused', 50, id)]);
    expect(await flagged(moved)).toMatchObject({
      status: 'accepted',
      searchFor: { specialization: 'cardiology', city: 'Tunis' },
      policy: { refundPercentNow: 100 },
    });
    const cancelled = await harness.step(moved.patient, moved, 'cancel');
    expect(cancelled.body).toMatchObject({ status: 'cancelled', refund: { amount: 60_000, percent: 100 } });
    await flagged(left);
    await begins(left, 300);
    await eventually(
      async () => {
        await lookAgain(doctor);
        // Older than what is known: it says nothing, but has the doctors looked at.
        await suspend(doctor, 'unverified', 1);
        return (await harness.read(left.patient, left.id)).status === 'cancelled';
      },
      { ...patience, everyMs: 100 },
    );
    expect(await harness.read(left.patient, left.id)).toMatchObject({
      cancellation: { because: 'doctor-unavailable' },
      refund: { amount: 60_000, percent: 100 },
    });
    const facts = ['requested', 'accepted', 'doctor-unavailable', 'cancelled'].map((name) => `appointment-${name}`);
    for (const visit of [moved, left]) await eventually(() => harness.told.get(visit.id)?.length === 4);
    expect([harness.told.get(moved.id), harness.told.get(left.id)]).toEqual([facts, facts]);
  });

  it('gives all back at once also where the visit does not know of it yet', async () => {
    const doctor = await doctorWith({ cancellation: { cutoffHours: 720, tiers: [] }, ...asked });
    const visit = await accepted(doctor);
    await harness.capture(visit);
    await harness.collection('doctors').updateOne({ _id: doctor.id }, { $set: { barredSince: new Date() } });
    expect((await harness.step(visit.patient, visit, 'cancel')).body.refund).toMatchObject({ percent: 100 });
  });

  it('gets visits back by being reinstated before they begin, and is booked again', async () => {
    const doctor = await doctorWith();
    const visit = await accepted(doctor);
    await suspend(doctor, 'account-suspended');
    await flagged(visit);
    await publish(doctor);
    await eventually(async () => !(await harness.read(visit.patient, visit.id)).doctorUnavailable, patience);
    expect(await harness.read(doctor, visit.id)).toMatchObject({ status: 'accepted', reason: 'Palpitations' });
    await eventually(() => harness.told.get(visit.id)?.at(-1) === 'appointment-doctor-available');
    expect((await requested(doctor)).id).toEqual(expect.any(String));
    const record = await harness.collection('doctors').findOne({ _id: doctor.id });
    await eventually(
      async () => !('settleAt' in ((await harness.collection('doctors').findOne({ _id: doctor.id })) ?? {})),
    );
    expect(record).not.toHaveProperty('barredSince');
  });

  it('does not accept by a payment that comes that moment, in time or late', async () => {
    const doctor = await doctorWith({ autoAccept: true });
    const [hold, late] = [await harness.held(doctor), await harness.held(doctor)];
    await harness.lapse(late);
    await harness.standing(late, 'expired');
    await harness.collection('doctors').updateOne({ _id: doctor.id }, { $set: { barredSince: new Date() } });
    await harness.authorise(hold);
    await harness.authorise(late);
    await harness.standing(hold, 'cancelled');
    await eventually(() => harness.told.get(late.id)?.includes('appointment-hold-lost') === true);
    expect(harness.told.get(hold.id)).toEqual(['appointment-held', 'appointment-cancelled']);
  });

  it('has what was being booked at that moment called off by a second look', async () => {
    const doctor = await doctorWith();
    await suspend(doctor, 'refused');
    await eventually(async () => {
      const record = (await harness.collection('doctors').findOne({ _id: doctor.id })) as unknown as { settleAt: Date };
      return record.settleAt > new Date();
    }, patience);
    // Committed after the first look.
    const other = await doctorWith();
    const request = await requested(other);
    await harness.collection('appointments').updateOne({ _id: request.id }, { $set: { 'doctor.id': doctor.id } });
    await lookAgain(doctor);
    await suspend(doctor, 'unverified');
    await harness.standing(request, 'cancelled');
  });

  it('may be told of in any order', async () => {
    const doctor = await doctorWith();
    const request = await requested(doctor);
    const at = (sequence += 10);
    await publish(doctor, at + 1);
    await suspend(doctor, 'refused', at);
    expect((await harness.step(doctor, request, 'accept')).status).toBe(200);
  });

  it('goes on to be reached by the news that comes after what nobody can read', async () => {
    const doctor = await doctorWith();
    const visit = await accepted(doctor);
    const eventId = crypto.randomUUID();
    await harness.deliver(
      doctorSuspendedV1,
      doctor.id,
      { doctorId: doctor.id, reason: 'bored' },
      (sequence += 1),
      eventId,
    );
    await suspend(doctor, 'refused');
    await flagged(visit);
    const letters = await harness.bus.deadLetters.list('scheduling.doctors');
    expect(letters.map(({ id }) => id)).toContain(eventId);
  });

  it('is told by one of many replicas', async () => {
    const replica = await harness.replica();
    const doctor = await doctorWith({ autoAccept: true, ...asked });
    const visits: Held[] = [];
    for (let n = 0; n < 12; n += 1) visits.push(await requested(doctor, newPatient(), 0));
    await suspend(doctor, 'refused');
    for (const visit of visits) await flagged(visit);
    const told = ({ id }: Held) => harness.told.get(id)?.filter((name) => name === 'appointment-doctor-unavailable');
    // The visit shows it once it is committed; the news follows, from whichever replica publishes.
    for (const visit of visits) await eventually(() => (told(visit)?.length ?? 0) > 0, patience);
    await replica.close();
    for (const visit of visits) expect(told(visit)).toHaveLength(1);
  }, 60_000);
});

describe('a doctor who is merely not shown', () => {
  it('sees who has booked, and is booked by nobody new', async () => {
    const doctor = await doctorWith();
    const [request, other] = [await requested(doctor), await requested(doctor, newPatient(), 2)];
    await suspend(doctor, 'incomplete');
    expect((await harness.step(doctor, request, 'accept')).body).toMatchObject({
      status: 'accepted',
      reason: 'Palpitations',
    });
    expect((await harness.read(other.patient, other.id)).status).toBe('requested');
    expect((await harness.service.call('GET', `/doctors/${doctor.id}/slots`)).status).toBe(404);
    expect((await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: {} })).status).toBe(200);
  });

  it('has lost and got back visits as the words come', async () => {
    const doctor = await doctorWith();
    const visit = await accepted(doctor);
    await suspend(doctor, 'incomplete');
    await suspend(doctor, 'refused');
    await flagged(visit);
    await suspend(doctor, 'incomplete');
    await eventually(async () => !(await harness.read(visit.patient, visit.id)).doctorUnavailable, patience);
    expect((await harness.step(doctor, visit, 'cancel')).status).toBe(200);
  });

  it('may set hours before anybody has told of them', async () => {
    const doctor: Identified = { id: next('doctor'), role: 'doctor' };
    expect((await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: {} })).status).toBe(200);
  });
});
