import { paymentFailedV1, paymentRefundedV1 } from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newPatient, next, SchedulingHarness } from './harness.js';

describe('slots held for their payment', () => {
  let harness: SchedulingHarness;
  beforeAll(async () => {
    harness = await SchedulingHarness.start();
  });
  afterAll(() => harness.stop());

  it('are nobody else’s, and nothing for the doctor to see, until they are paid', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    expect((await harness.book(newPatient(), hold.slotId)).status).toBe(409);
    expect((await harness.service.call('GET', `/appointments/${hold.id}`, { as: doctor })).status).toBe(404);
    expect((await harness.service.call('GET', '/appointments', { as: doctor })).body.items).toEqual([]);
    await harness.authorise(hold);
    await eventually(async () => (await harness.read(doctor, hold.id)).status === 'requested');
    expect((await harness.claimsOf(hold.id)).every((claim) => !('holdUntil' in claim))).toBe(true);
    await eventually(() => harness.told.get(hold.id)?.join() === 'appointment-held,appointment-requested');
  });

  it('are accepted with their payment where the doctor accepts at once, once for a doubled event', async () => {
    const doctor = await harness.publishedDoctor({ autoAccept: true });
    const hold = await harness.held(doctor);
    const eventId = crypto.randomUUID();
    await Promise.all([harness.authorise(hold, 1, eventId), harness.authorise(hold, 1, eventId)]);
    await eventually(async () => (await harness.read(hold.patient, hold.id)).status === 'accepted');
    await harness.capture(hold, 3);
    await harness.deliver(
      paymentFailedV1,
      `pay-${hold.id}`,
      { ...harness.paymentOf(hold), reason: 'late', offSession: false },
      2,
    );
    expect((await harness.read(hold.patient, hold.id)).payment).toEqual({
      status: 'paid',
      paymentId: `pay-${hold.id}`,
    });
  });

  it('are free the moment they lapse, and go to exactly one of fifty who want them then', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    await harness.lapse(hold);
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(hold.slotId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        // Half of them within a transaction of their own, as clients with keys are.
        harness.book(newPatient(), hold.slotId, n % 2 ? { 'idempotency-key': next('key') } : {}),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect((await harness.read(hold.patient, hold.id)).status).toBe('expired');
    expect(await harness.claimsOf(hold.id)).toEqual([]);
  });

  it('are never both paid and taken over', async () => {
    const doctor = await harness.publishedDoctor();
    for (let round = 0; round < 10; round += 1) {
      const hold = await harness.held(doctor, newPatient(), round);
      await harness.lapse(hold);
      const [, answer] = await Promise.all([harness.authorise(hold), harness.book(newPatient(), hold.slotId)]);
      const settled = await eventually(async () => {
        const { status, payment } = await harness.read(hold.patient, hold.id);
        return payment.status === 'authorised' ? (status as string) : undefined;
      });
      expect([settled, answer.status]).toEqual(answer.status === 201 ? ['expired', 201] : ['requested', 409]);
      if (answer.status === 201)
        await eventually(() => harness.told.get(hold.id)?.includes('appointment-hold-lost') === true);
    }
  }, 60_000);

  it('lapse by themselves, and a late payment wins them back while they are free', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    await harness.lapse(hold);
    await eventually(async () => (await harness.read(hold.patient, hold.id)).status === 'expired', {
      timeoutMs: 15_000,
    });
    await harness.authorise(hold);
    await eventually(async () => (await harness.read(doctor, hold.id)).status === 'requested');
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).not.toContain(hold.slotId);
  }, 30_000);

  it('are three at most', async () => {
    const [doctor, patient] = [await harness.publishedDoctor(), newPatient()];
    for (let n = 0; n < 3; n += 1) await harness.held(doctor, patient);
    const slot = (await harness.slotsOf(doctor))[0]!;
    const answer = await harness.book(patient, slot.id);
    expect([answer.status, answer.body.code]).toEqual([409, 'too-many-holds']);
  });

  it('make room for the next by their payment, for which a booking waits', async () => {
    const [doctor, patient] = [await harness.publishedDoctor(), newPatient()];
    const holds = [];
    for (let n = 0; n < 3; n += 1) holds.push(await harness.held(doctor, patient));
    const slot = (await harness.slotsOf(doctor))[0]!;
    const booking = harness.book(patient, slot.id);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await harness.authorise(holds[0]!);
    const answer = await booking;
    expect([answer.status, answer.body.status]).toEqual([201, 'held']);
  });

  it('keep the terms that they were booked on, whatever the doctor changes', async () => {
    const cancellation = { cutoffHours: 72, tiers: [{ hoursBefore: 0, refundPercent: 30 }] };
    const doctor = await harness.publishedDoctor({ cancellation });
    const hold = await harness.held(doctor);
    await harness.authorise(hold);
    await eventually(async () => (await harness.read(doctor, hold.id)).status === 'requested');
    const plan = (await harness.service.call('GET', '/doctors/me/availability', { as: doctor })).body;
    const changed = { ...plan, cancellation: { cutoffHours: 0, tiers: [] }, payment: 'after-acceptance' };
    await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: changed });
    await harness.service.call('POST', `/appointments/${hold.id}/accept`, { as: doctor });
    await harness.capture(hold, 2);
    const { policy } = await harness.read(hold.patient, hold.id);
    expect(policy).toMatchObject({
      cutoffHours: 72,
      tiers: [{ hoursBefore: 0, refundPercent: 30 }],
      refundPercentNow: 30,
    });
    const cancelled = await harness.service.call('POST', `/appointments/${hold.id}/cancel`, {
      as: hold.patient,
      body: {},
    });
    expect(cancelled.body.refund).toEqual({ amount: 18_000, currency: 'TND', percent: 30 });
    const refunded = { amount: 18_000, currency: 'TND' };
    await harness.deliver(paymentRefundedV1, `pay-${hold.id}`, { ...harness.paymentOf(hold), refunded }, 3);
    expect((await harness.read(hold.patient, hold.id)).payment).toEqual({
      status: 'partly-refunded',
      paymentId: `pay-${hold.id}`,
      refunded,
    });
  });

  it.each([
    [{ cutoffHours: 24, tiers: [{ hoursBefore: 24, refundPercent: 50 }] }, 'cancellation.tiers.0.hoursBefore'],
    [{ cutoffHours: -1, tiers: [] }, 'cancellation.cutoffHours'],
    [{ cutoffHours: 24, tiers: [{ hoursBefore: 2, refundPercent: 101 }] }, 'cancellation.tiers.0.refundPercent'],
    [{ cutoffHours: '24', tiers: [] }, 'cancellation.cutoffHours'],
  ])('cannot be offered on the terms %j', async (cancellation, field) => {
    const doctor: Identified = { id: next('doctor'), role: 'doctor' };
    const answer = await harness.service.call('PUT', '/doctors/me/availability', {
      as: doctor,
      body: { cancellation },
    });
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([422, field]);
  });
});
