import { setTimeout } from 'node:timers/promises';
import { paymentFailedV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Held, newPatient, next, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

describe('places for holds', () => {
  it('are three also when ten are asked for at once, and free again when holds lapse or are paid', async () => {
    const [doctor, patient] = [await harness.publishedDoctor(), newPatient()];
    const slots = (await harness.slotsOf(doctor)).slice(0, 10);
    const answers = await Promise.all(slots.map((slot) => harness.book(patient, slot.id)));
    const refused = answers.filter(({ status }) => status !== 201).map(({ status, body }) => [status, body.code]);
    expect(refused).toEqual(Array.from({ length: 7 }, () => [409, 'too-many-holds']));
    const [first, second] = answers
      .filter(({ status }) => status === 201)
      .map(({ body }) => ({ id: body.id as string, slotId: '', patient, doctor }));
    await harness.lapse(first!);
    await harness.held(doctor, patient);
    await harness.authorise(second!);
    await harness.standing(second!, 'requested');
    await harness.held(doctor, patient);
    const full = await harness.book(patient, (await harness.slotsOf(doctor))[0]!.id);
    expect([full.status, full.body.code]).toEqual([409, 'too-many-holds']);
  });

  it('are waited for when a payment is told while another slot is asked for', async () => {
    const [doctor, patient] = [await harness.publishedDoctor(), newPatient()];
    const holds = [];
    for (let n = 0; n < 3; n += 1) holds.push(await harness.held(doctor, patient));
    const next = harness.book(patient, (await harness.slotsOf(doctor))[0]!.id);
    await setTimeout(300);
    await harness.authorise(holds[0]!);
    expect((await next).status).toBe(201);
  });

  it('are not asked of who pays later', async () => {
    const plan = { payment: 'after-acceptance', autoAccept: true };
    const [doctor, patient] = [await harness.publishedDoctor(plan), newPatient()];
    const slots = (await harness.slotsOf(doctor)).slice(0, 5);
    const answers = await Promise.all(slots.map((slot) => harness.book(patient, slot.id)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(slots.map(() => [201, 'accepted']));
  });
});

describe('a hold that ends', () => {
  it('does so once, however many replicas sweep', async () => {
    const replica = await harness.replica();
    const doctor = await harness.publishedDoctor();
    const holds: Held[] = [];
    for (let n = 0; n < 20; n += 1) holds.push(await harness.held(doctor));
    await harness.lapse(...holds);
    const told = () => holds.map(({ id }) => harness.told.get(id)?.join());
    await eventually(() => told().every((facts) => facts === 'appointment-held,appointment-expired'), {
      timeoutMs: 30_000,
    });
    for (const { id } of holds) expect(await harness.claimsOf(id)).toEqual([]);
    await replica.close();
  }, 60_000);

  it('by its patient gives the time back, tells who never was told of it, and nothing goes back', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    const answer = await harness.step(hold.patient, hold, 'cancel');
    expect([answer.status, answer.body.status]).toEqual([200, 'cancelled']);
    expect(answer.body.refund).toEqual({ amount: 0, currency: 'TND', percent: 0 });
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(hold.slotId);
    await eventually(() => harness.last.get(hold.id)?.by === 'patient');
    expect(harness.last.get(hold.id)).toMatchObject({ announced: false });
    await harness.authorise(hold);
    expect(await harness.read(hold.patient, hold.id)).toMatchObject({
      status: 'cancelled',
      payment: { status: 'authorised' },
    });
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(hold.slotId);
  });

  it('and is lost to somebody else stays lost, also when the time is free again', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    await harness.lapse(hold);
    const other = await harness.held(doctor);
    expect(other.slotId).toBe(hold.slotId);
    const eventId = crypto.randomUUID();
    await harness.authorise(hold, 1, eventId);
    await harness.authorise(hold, 1, eventId);
    await harness.step(other.patient, other, 'cancel');
    await harness.capture(hold, 2);
    expect(await harness.read(hold.patient, hold.id)).toMatchObject({ status: 'expired', payment: { status: 'paid' } });
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(hold.slotId);
    await eventually(() => harness.told.get(hold.id)?.includes('appointment-hold-lost') === true);
    expect(harness.told.get(hold.id)).toEqual(['appointment-held', 'appointment-expired', 'appointment-hold-lost']);
  });

  it('gives way to the same patient as well, and to their other plans for that time', async () => {
    const [doctor, elsewhere, patient] = [
      await harness.publishedDoctor(),
      await harness.publishedDoctor(),
      newPatient(),
    ];
    const hold = await harness.held(doctor, patient);
    const busy = await harness.book(patient, (await harness.slotsOf(elsewhere))[0]!.id);
    expect([busy.status, busy.body.reason]).toEqual([409, 'patient-busy']);
    await harness.lapse(hold);
    const other = await harness.held(elsewhere, patient);
    await harness.standing(hold, 'expired');
    await harness.lapse(other);
    expect((await harness.held(doctor, patient)).slotId).toBe(hold.slotId);
  });
});

describe('the state of the payment', () => {
  it('and the doctor’s answer at the same moment are both kept', async () => {
    const doctor = await harness.publishedDoctor();
    for (let round = 0; round < 10; round += 1) {
      const hold = await harness.held(doctor);
      await harness.authorise(hold);
      await harness.standing(hold, 'requested');
      const failed = { ...harness.paymentOf(hold), reason: 'card_declined', offSession: false };
      const [, answer] = await Promise.all([
        harness.capture(hold, 4),
        harness.step(doctor, hold, 'accept'),
        harness.deliver(paymentFailedV1, `pay-${hold.id}`, failed, 3),
      ]);
      expect(answer.status).toBe(200);
      const { status, payment, version } = await harness.read(hold.patient, hold.id);
      expect([status, payment.status]).toEqual(['accepted', 'paid']);
      // Held, authorised and requested, accepted, paid; one more where the failure came first.
      expect([5, 6]).toContain(version);
    }
  }, 60_000);

  it('goes on after words that cannot be read', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    const poisoned = { ...harness.paymentOf(hold), amount: 'all of it' };
    const eventId = crypto.randomUUID();
    await harness.deliver(paymentFailedV1, `pay-${hold.id}`, poisoned, 1, eventId);
    await harness.authorise(hold, 2);
    await harness.standing(hold, 'requested');
    const letters = await harness.bus.deadLetters.list('scheduling.payments');
    expect(letters.map(({ id }) => id)).toContain(eventId);
  });

  it('stays paid when the patient does not come', async () => {
    const doctor = await harness.publishedDoctor({ autoAccept: true });
    const hold = await harness.held(doctor);
    await harness.authorise(hold);
    await harness.capture(hold);
    await harness.standing(hold, 'accepted');
    const startsAt = new Date(Date.now() - 11 * 60_000);
    await harness.collection('appointments').updateOne({ _id: hold.id }, { $set: { startsAt } });
    const { body } = await harness.step(doctor, hold, 'no-show');
    expect([body.status, body.payment.status, body.refund]).toEqual(['missed', 'paid', undefined]);
  });
});

describe('terms of before payments', () => {
  it('are the defaults', async () => {
    const doctorId = next('doctor');
    const plan = { timeZone: 'Africa/Tunis', weekly: [], dates: [], exceptions: [], autoAccept: true };
    const names = { firstName: 'Karim', lastName: 'Trabelsi', published: true, profileSequence: 1, version: 1 };
    await harness.collection('doctors').insertOne({ _id: doctorId, ...names, plan } as never);
    const { body } = await harness.service.call('GET', `/doctors/${doctorId}/slots`);
    expect(body.terms).toEqual({
      payment: 'after-acceptance',
      autoAccept: true,
      cancellation: { cutoffHours: 24, tiers: [{ hoursBefore: 0, refundPercent: 50 }] },
    });
  });
});
