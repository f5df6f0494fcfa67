import {
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentDoctorAvailableV1,
  appointmentDoctorUnavailableV1,
  appointmentHeldV1,
  doctorPublishedV1,
  doctorSuspendedV1,
  type SuspensionReason,
} from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Visit, BillingFixture } from './billing-fixture.js';

let fixture: BillingFixture;
beforeAll(async () => {
  fixture = await BillingFixture.start();
});
afterAll(() => fixture.stop());

let sequence = 1;
const suspend = ({ id: doctorId }: Identified, reason?: SuspensionReason, at = (sequence += 1)) =>
  fixture.publish(doctorSuspendedV1, doctorId, { doctorId, ...(reason && { reason }) }, at);
const publish = ({ id: doctorId }: Identified, at = (sequence += 1)) => {
  const names = { firstName: 'Karim', lastName: 'Trabelsi', specializations: [], city: 'Tunis' };
  return fixture.publish(doctorPublishedV1, doctorId, { doctorId, ...names, timeZone: 'Africa/Tunis' }, at);
};
const refusal = ({ status, body }: { status: number; body: { code?: string; reason?: string } }) => [
  status,
  body.code,
  body.reason,
];
const unavailable = [409, 'not-payable', 'doctor-unavailable'];
const lost = (visit: Visit, at = 3) =>
  fixture.publish(appointmentDoctorUnavailableV1, visit.appointmentId, fixture.factOf(visit), at);
const chargeOf = (visit: Visit) =>
  fixture.collection('charges').findOne({ appointmentId: visit.appointmentId } as never);

/** Paid at booking: set aside, and not taken before the doctor accepts. */
async function authorised(): Promise<Visit> {
  const [patient, doctor] = [await fixture.person('patient'), await fixture.person('doctor')];
  const visit = { appointmentId: crypto.randomUUID(), patient, doctor };
  const held = {
    ...fixture.factOf(visit, { payment: 'at-booking' }),
    holdUntil: new Date(Date.now() + 600_000).toISOString(),
  };
  await fixture.publish(appointmentHeldV1, visit.appointmentId, held, 1);
  expect((await fixture.pay(visit)).body.status).toBe('authorised');
  return visit;
}

describe('a doctor who may see nobody', () => {
  it.each(['refused', 'unverified', 'account-suspended', undefined] as const)('is not paid: %s', async (reason) => {
    const visit = await fixture.accepted();
    await suspend(visit.doctor, reason);
    expect(refusal(await fixture.pay(visit))).toEqual(unavailable);
    await publish(visit.doctor);
    expect((await fixture.pay(visit)).body.status).toBe('paid');
  });

  it('is paid while merely not shown, and whatever came late is ignored', async () => {
    const visit = await fixture.accepted();
    const at = (sequence += 5);
    await suspend(visit.doctor, 'incomplete', at);
    await suspend(visit.doctor, 'refused', at - 1);
    expect((await fixture.pay(visit)).body.status).toBe('paid');
  });

  it('is given nothing of what is set aside, until they may see patients again', async () => {
    const visit = await authorised();
    await suspend(visit.doctor, 'refused');
    await fixture.publish(
      appointmentAcceptedV1,
      visit.appointmentId,
      fixture.factOf(visit, { payment: 'at-booking' }),
      2,
    );
    await eventually(async () => Number((await chargeOf(visit))?.failures) > 0);
    expect(await chargeOf(visit)).toMatchObject({ status: 'authorised', captured: 0 });
    await publish(visit.doctor);
    const id = String((await chargeOf(visit))?._id);
    await fixture.settled(visit, id, 'paid');
  });

  it.each(['doctor-unavailable', 'unsuitable-by-video'] as const)(
    'has all given back that was taken before, when the visit is called off as %s',
    async (because) => {
      const visit = await authorised();
      await fixture.publish(
        appointmentAcceptedV1,
        visit.appointmentId,
        fixture.factOf(visit, { payment: 'at-booking' }),
        2,
      );
      const id = String((await chargeOf(visit))?._id);
      await fixture.settled(visit, id, 'paid');
      await suspend(visit.doctor, 'refused');
      await lost(visit);
      const ended = { ...fixture.factOf(visit), by: 'doctor' as const, because };
      await fixture.publish(appointmentCancelledV1, visit.appointmentId, ended, 4);
      expect((await fixture.settled(visit, id, 'refunded')).refunded.amount).toBe(60_000);
    },
  );
});

describe('a visit that has lost its doctor', () => {
  it('can be paid no more by a page that is open, and can again once the doctor is back', async () => {
    const visit = await fixture.accepted();
    const begun = await fixture.call('POST', '/payments', visit.patient, { appointmentId: visit.appointmentId });
    const intent = String(begun.body.clientSecret).split('_secret_')[0]!;
    await lost(visit);
    await eventually(async () => (await chargeOf(visit))?.intent === undefined);
    expect(refusal(await fixture.pay(visit))).toEqual(unavailable);
    const confirmed = await fetch(`${fixture.provider.url}/v1/payment_intents/${intent}/confirm`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_billing', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'payment_method=pm_card_visa',
    });
    expect(confirmed.status).toBe(400);
    expect(await chargeOf(visit)).toMatchObject({ status: 'due', captured: 0 });
    const told = fixture.published.filter(({ data }) => data.appointmentId === visit.appointmentId);
    expect(told.map(({ type }) => type)).toEqual([]);
    await fixture.publish(appointmentDoctorAvailableV1, visit.appointmentId, fixture.factOf(visit), 4);
    expect((await fixture.pay(visit)).body.status).toBe('paid');
  });

  it('keeps what is set aside where it is until it is known what becomes of it', async () => {
    const visit = await authorised();
    await suspend(visit.doctor, 'refused');
    await fixture.publish(
      appointmentAcceptedV1,
      visit.appointmentId,
      fixture.factOf(visit, { payment: 'at-booking' }),
      2,
    );
    await lost(visit, 3);
    await eventually(async () => (await chargeOf(visit))?.checkAt === null);
    expect(await chargeOf(visit)).toMatchObject({ status: 'authorised', captured: 0 });
    await publish(visit.doctor);
    await fixture.publish(appointmentDoctorAvailableV1, visit.appointmentId, fixture.factOf(visit), 4);
    await fixture.settled(visit, String((await chargeOf(visit))?._id), 'paid');
  });
});
