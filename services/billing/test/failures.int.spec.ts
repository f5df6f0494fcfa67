import { setTimeout as pause } from 'node:timers/promises';
import { appointmentCancelledV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Visit, BillingFixture } from './billing-fixture.js';

let fixture: BillingFixture;
beforeAll(async () => {
  fixture = await BillingFixture.start();
});
afterAll(() => fixture.stop());
afterEach(() => fixture.provider.setHttpFaults({}));

const internally = { 'x-medflow-internal': 'test-internal-token' };
const TND = (amount: number) => ({ amount, currency: 'TND' });

const cancel = (visit: Visit, price = TND(60_000), refund?: { amount: number; currency: string }) => {
  const data = { ...fixture.factOf(visit, { price }), by: 'doctor' as const, ...(refund && { refund }) };
  return fixture.publish(appointmentCancelledV1, visit.appointmentId, data, 9);
};
const operations = (chargeId: string) => fixture.collection('operations').find({ chargeId }).toArray();
const reconcile = async () => {
  const day = new Date().toISOString().slice(0, 10);
  return (await fixture.call('POST', '/internal/reconciliations', undefined, { from: day, to: day }, internally)).body;
};

describe('when the provider answers 500', () => {
  it.each(['failure', 'failureAfter'] as const)(
    'a payment and its refund are made all the same, each once (%s)',
    async (fault) => {
      const visit = await fixture.accepted();
      const refunds = async () => {
        const response = await fetch(`${fixture.provider.url}/v1/refunds?limit=100`, {
          headers: { authorization: 'Bearer sk_test_billing' },
        });
        const { data } = (await response.json()) as { data: { payment_intent: string }[] };
        return data;
      };
      fixture.provider.setHttpFaults({ [fault]: 1 });
      const failed = await fixture.pay(visit);
      expect([failed.status, failed.body.code]).toEqual([503, 'payment-provider-unavailable']);
      fixture.provider.setHttpFaults({});
      const paid = await eventually(async () => {
        const answer = await fixture.pay(visit);
        return answer.status === 201 || answer.status === 409 ? answer : undefined;
      });
      const { items } = (await fixture.call('GET', '/payments', visit.patient)).body;
      expect(items).toMatchObject([{ appointmentId: visit.appointmentId, status: 'paid' }]);
      expect([201, 409]).toContain(paid.status);

      fixture.provider.setHttpFaults({ [fault]: 1 });
      await cancel(visit);
      await eventually(async () =>
        (await operations(items[0].id)).some(({ kind, spent }) => kind === 'refund' && spent),
      );
      fixture.provider.setHttpFaults({});
      expect(await fixture.settled(visit, items[0].id, 'refunded')).toMatchObject({ refunded: TND(60_000) });
      const intent = (await fixture.collection('charges').findOne({ _id: items[0].id }))!.intent as { id: string };
      expect((await refunds()).filter(({ payment_intent }) => payment_intent === intent.id)).toHaveLength(1);
      expect((await reconcile()).differences).toEqual([]);
    },
    60_000,
  );
});

describe('a step that the provider refuses', () => {
  it('is tried once in ten minutes, whoever wakes it, and shown by the reconciliation', async () => {
    const visit = await fixture.accepted();
    const { body } = await fixture.pay(visit);
    // The provider knows nothing of it any more, as after a change of its account.
    await fixture.collection('charges').updateOne({ _id: body.id }, { $set: { 'intent.id': 'pi_gone' } });
    await cancel(visit);
    const charge = await eventually(async () => {
      const found = await fixture.collection('charges').findOne({ _id: body.id });
      return (found?.refusal as { until: Date } | undefined) && found;
    });
    const { until } = charge!.refusal as { until: Date };
    expect(until.getTime() - Date.now()).toBeGreaterThan(9 * 60_000);
    for (let n = 0; n < 20; n += 1) {
      await fixture.collection('charges').updateOne({ _id: body.id }, { $set: { checkAt: new Date() } });
      await fixture.call('GET', `/payments/${body.id}`, visit.patient);
      await pause(50);
    }
    await fixture.service.restart();
    await pause(2_000);
    const [refund] = (await operations(body.id)).filter(({ kind }) => kind === 'refund');
    expect(refund!.times).toBe(1);
    const { refused, differences } = await reconcile();
    expect(differences).toEqual([]);
    expect(refused).toMatchObject([
      { paymentId: body.id, step: 'refund:60000', reason: 'resource_missing', times: 1, until: until.toISOString() },
    ]);
  }, 60_000);
});

describe('a price of before prices were checked', () => {
  it.each([
    [12_345, 12_350],
    [60_005, 60_010],
  ])(
    'of %s millimes is taken and given back as %s, in the books, on the receipt and in what is told',
    async (price, charged) => {
      const visit = await fixture.accepted({}, TND(price));
      const { body } = await fixture.pay(visit);
      expect(body).toMatchObject({ status: 'paid', amount: TND(charged) });
      await cancel(visit, TND(price), TND(price));
      expect(await fixture.settled(visit, body.id, 'refunded')).toMatchObject({ refunded: TND(charged) });
      const { items, totals } = (await fixture.call('GET', '/doctors/me/income', visit.doctor)).body;
      expect(items.map(({ amount }: { amount: object }) => amount)).toEqual([TND(-charged), TND(charged)]);
      expect([totals.income, totals.refunds]).toEqual([TND(charged), TND(charged)]);
      const receipt = await fixture.collection('receipts').findOne({ chargeId: body.id });
      expect(receipt!.content).toMatchObject({ amount: TND(charged) });
      await eventually(() =>
        fixture.published.some(({ type, data }) => type.includes('refunded') && data.paymentId === body.id),
      );
      const told = fixture.published.filter(({ data }) => data.paymentId === body.id);
      expect(told.map(({ type, data }) => [type, data.amount, data.refunded])).toEqual([
        ['billing.payment-captured.v1', TND(charged), undefined],
        ['billing.payment-refunded.v1', TND(charged), TND(charged)],
      ]);
    },
    30_000,
  );

  it('of 3 millimes wants no payment', async () => {
    const visit = await fixture.accepted({}, TND(3));
    const { status, body } = await fixture.pay(visit);
    expect([status, body.code, body.reason]).toEqual([409, 'not-payable', 'free']);
  });

  it('that is more than the provider takes is refused as such, not as a fault of ours', async () => {
    const visit = await fixture.accepted({}, TND(100_000_000));
    const { status, body } = await fixture.pay(visit);
    expect([status, body.code, body.reason]).toEqual([409, 'not-payable', 'refused']);
  });
});
