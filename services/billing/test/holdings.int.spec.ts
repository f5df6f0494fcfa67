import { appointmentAcceptedV1, appointmentCancelledV1, appointmentCompletedV1 } from '@medflow/contracts';
import { heldFacts } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { billing } from '../src/index.js';
import { keys, type Visit, BillingFixture } from './billing-fixture.js';

let fixture: BillingFixture;
beforeAll(async () => {
  fixture = await BillingFixture.start();
});
afterAll(() => fixture.stop());

const env = () => ({
  MEDFLOW_TEST_PROVIDER_URL: fixture.provider.url,
  MEDFLOW_TEST_PROVIDER_SECRET_KEY: keys.secretKey,
  MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY: keys.publishableKey,
  MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET: keys.webhookSecret,
});
const chargeOf = (visit: Visit) =>
  fixture.collection('charges').findOne({ appointmentId: visit.appointmentId } as never);

describe('what billing tells again', () => {
  it('is the last word on each payment, under the number that it was told with', async () => {
    const visit = await fixture.accepted();
    const { body } = await fixture.pay(visit);
    await fixture.settled(visit, body.id, 'paid');
    // Changes the charge, and nobody is told.
    await fixture.publish(appointmentCompletedV1, visit.appointmentId, fixture.factOf(visit), 3);
    const told = (
      fixture.published as unknown as { id: string; type: string; subject: string; sequence: number }[]
    ).filter(({ subject }) => subject === body.id);
    const facts = await heldFacts(billing, { mongoUri: fixture.service.database.uri, env: env() });
    const own = facts.filter(({ subject }) => subject === body.id);
    expect(own.map(({ contract: { type }, sequence, data }) => ({ type, sequence, data }))).toEqual([
      expect.objectContaining({ type: 'billing.payment-captured.v1', sequence: told.at(-1)!.sequence }),
    ]);
    expect(own[0]!.data).toMatchObject({ receiptNumber: expect.any(String) });
  });
});

describe('an appointment that is told to a billing without books', () => {
  const visit = async (): Promise<Visit> => ({
    appointmentId: crypto.randomUUID(),
    patient: await fixture.person('patient'),
    doctor: await fixture.person('doctor'),
  });
  const known = (status: string) => ({
    knownPayment: { paymentId: crypto.randomUUID(), status, sequence: 7 },
  });

  it.each(['authorised', 'paid', 'refunded'])('is not due again when it was %s', async (status) => {
    const paid = await visit();
    const { knownPayment } = known(status);
    await fixture.publish(appointmentAcceptedV1, paid.appointmentId, fixture.factOf(paid, { knownPayment }), 4);
    expect(await chargeOf(paid)).toMatchObject({ _id: knownPayment.paymentId, status, checkAt: null });
    const { status: answer, body } = await fixture.pay(paid);
    expect([answer, body.code]).toEqual([409, 'already-paid']);
  });

  it('is left alone when it is called off later: the provider’s name of the payment is lost', async () => {
    const paid = await visit();
    const fact = fixture.factOf(paid, known('paid'));
    await fixture.publish(appointmentAcceptedV1, paid.appointmentId, fact, 4);
    await fixture.publish(appointmentCancelledV1, paid.appointmentId, { ...fact, by: 'doctor' }, 5);
    expect(await chargeOf(paid)).toMatchObject({ status: 'paid', appointment: 'cancelled', checkAt: null });
  });

  it.each(['authorised', 'paid', 'refunded'])('is not told of as %s: others know better', async (status) => {
    const paid = await visit();
    const { knownPayment } = known(status);
    await fixture.publish(appointmentAcceptedV1, paid.appointmentId, fixture.factOf(paid, { knownPayment }), 4);
    const facts = await heldFacts(billing, { mongoUri: fixture.service.database.uri, env: env() });
    expect(facts.filter(({ subject }) => subject === knownPayment.paymentId)).toEqual([]);
  });

  it('is due when nothing was given for it, and told of under a later number than before', async () => {
    const unpaid = await visit();
    await fixture.publish(appointmentAcceptedV1, unpaid.appointmentId, fixture.factOf(unpaid, known('due')), 4);
    const { body } = await fixture.pay(unpaid);
    await fixture.settled(unpaid, body.id, 'paid');
    expect((await chargeOf(unpaid))!.version).toBeGreaterThan(7);
  });
});
