import { paymentFailedV1, paymentRefundedV1 } from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newPatient, next, World } from './world.js';

describe('slots held for their payment', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.stop());

  it('are nobody else’s, and nothing for the doctor to see, until they are paid', async () => {
    const doctor = await world.publishedDoctor();
    const hold = await world.held(doctor);
    expect((await world.book(newPatient(), hold.slotId)).status).toBe(409);
    expect((await world.service.call('GET', `/appointments/${hold.id}`, { as: doctor })).status).toBe(404);
    expect((await world.service.call('GET', '/appointments', { as: doctor })).body.items).toEqual([]);
    await world.authorise(hold);
    await eventually(async () => (await world.read(doctor, hold.id)).status === 'requested');
    expect((await world.claimsOf(hold.id)).every((claim) => !('holdUntil' in claim))).toBe(true);
    await eventually(() => world.told.get(hold.id)?.join() === 'appointment-held,appointment-requested');
  });

  it('are accepted with their payment where the doctor accepts at once, once for a doubled event', async () => {
    const doctor = await world.publishedDoctor({ autoAccept: true });
    const hold = await world.held(doctor);
    const eventId = crypto.randomUUID();
    await Promise.all([world.authorise(hold, 1, eventId), world.authorise(hold, 1, eventId)]);
    await eventually(async () => (await world.read(hold.patient, hold.id)).status === 'accepted');
    await world.capture(hold, 3);
    await world.tell(
      paymentFailedV1,
      `pay-${hold.id}`,
      { ...world.paymentOf(hold), reason: 'late', offSession: false },
      2,
    );
    expect((await world.read(hold.patient, hold.id)).payment).toEqual({ status: 'paid', paymentId: `pay-${hold.id}` });
  });

  it('are free the moment they lapse, and go to exactly one of fifty who want them then', async () => {
    const doctor = await world.publishedDoctor();
    const hold = await world.held(doctor);
    await world.lapse(hold);
    expect((await world.slotsOf(doctor)).map(({ id }) => id)).toContain(hold.slotId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        // Half of them within a transaction of their own, as clients with keys are.
        world.book(newPatient(), hold.slotId, n % 2 ? { 'idempotency-key': next('key') } : {}),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect((await world.read(hold.patient, hold.id)).status).toBe('expired');
    expect(await world.claimsOf(hold.id)).toEqual([]);
  });

  it('are never both paid and taken over', async () => {
    const doctor = await world.publishedDoctor();
    for (let round = 0; round < 10; round += 1) {
      const hold = await world.held(doctor, newPatient(), round);
      await world.lapse(hold);
      const [, answer] = await Promise.all([world.authorise(hold), world.book(newPatient(), hold.slotId)]);
      const settled = await eventually(async () => {
        const { status, payment } = await world.read(hold.patient, hold.id);
        return payment.status === 'authorised' ? (status as string) : undefined;
      });
      expect([settled, answer.status]).toEqual(answer.status === 201 ? ['expired', 201] : ['requested', 409]);
      if (answer.status === 201)
        await eventually(() => world.told.get(hold.id)?.includes('appointment-hold-lost') === true);
    }
  }, 60_000);

  it('lapse by themselves, and a late payment wins them back while they are free', async () => {
    const doctor = await world.publishedDoctor();
    const hold = await world.held(doctor);
    await world.lapse(hold);
    await eventually(async () => (await world.read(hold.patient, hold.id)).status === 'expired', { timeoutMs: 15_000 });
    await world.authorise(hold);
    await eventually(async () => (await world.read(doctor, hold.id)).status === 'requested');
    expect((await world.slotsOf(doctor)).map(({ id }) => id)).not.toContain(hold.slotId);
  }, 30_000);

  it('are three at most', async () => {
    const [doctor, patient] = [await world.publishedDoctor(), newPatient()];
    for (let n = 0; n < 3; n += 1) await world.held(doctor, patient);
    const slot = (await world.slotsOf(doctor))[0]!;
    const answer = await world.book(patient, slot.id);
    expect([answer.status, answer.body.code]).toEqual([409, 'too-many-holds']);
  });

  it('keep the terms that they were booked on, whatever the doctor changes', async () => {
    const cancellation = { cutoffHours: 72, tiers: [{ hoursBefore: 0, refundPercent: 30 }] };
    const doctor = await world.publishedDoctor({ cancellation });
    const hold = await world.held(doctor);
    await world.authorise(hold);
    await eventually(async () => (await world.read(doctor, hold.id)).status === 'requested');
    const plan = (await world.service.call('GET', '/doctors/me/availability', { as: doctor })).body;
    const changed = { ...plan, cancellation: { cutoffHours: 0, tiers: [] }, payment: 'after-acceptance' };
    await world.service.call('PUT', '/doctors/me/availability', { as: doctor, body: changed });
    await world.service.call('POST', `/appointments/${hold.id}/accept`, { as: doctor });
    await world.capture(hold, 2);
    const { policy } = await world.read(hold.patient, hold.id);
    expect(policy).toMatchObject({
      cutoffHours: 72,
      tiers: [{ hoursBefore: 0, refundPercent: 30 }],
      refundPercentNow: 30,
    });
    const cancelled = await world.service.call('POST', `/appointments/${hold.id}/cancel`, {
      as: hold.patient,
      body: {},
    });
    expect(cancelled.body.refund).toEqual({ amount: 18_000, currency: 'TND', percent: 30 });
    const refunded = { amount: 18_000, currency: 'TND' };
    await world.tell(paymentRefundedV1, `pay-${hold.id}`, { ...world.paymentOf(hold), refunded }, 3);
    expect((await world.read(hold.patient, hold.id)).payment).toEqual({
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
    const answer = await world.service.call('PUT', '/doctors/me/availability', { as: doctor, body: { cancellation } });
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([422, field]);
  });
});
