import {
  appointmentCancelledV1,
  appointmentHeldV1,
  availabilityPlannedV1,
  doctorPublishedV1,
} from '@medflow/contracts';
import { signatureOf } from '@medflow/test-provider';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keys, type Visit, BillingFixture } from './billing-fixture.js';

let fixture: BillingFixture;
beforeAll(async () => {
  fixture = await BillingFixture.start();
});
afterAll(() => fixture.stop());

const internally = { 'x-medflow-internal': 'test-internal-token' };

describe('a payment', () => {
  it('is not made of what is somebody else’s, nobody’s, or not to be paid', async () => {
    const visit = await fixture.accepted();
    const [stranger, free] = [
      await fixture.person('patient'),
      await fixture.accepted({}, { amount: 0, currency: 'TND' }),
    ];
    const tries: [Identified | undefined, unknown, number, string][] = [
      [undefined, { appointmentId: visit.appointmentId }, 401, 'unauthenticated'],
      [visit.doctor, { appointmentId: visit.appointmentId }, 403, 'forbidden'],
      [stranger, { appointmentId: visit.appointmentId }, 404, 'not-found'],
      [visit.patient, { appointmentId: 'nothing' }, 404, 'not-found'],
      [free.patient, { appointmentId: free.appointmentId }, 409, 'not-payable'],
      [visit.patient, {}, 422, 'validation-failed'],
      [visit.patient, { appointmentId: 7 }, 422, 'validation-failed'],
      [visit.patient, { appointmentId: { $ne: '' } }, 422, 'validation-failed'],
      [visit.patient, { appointmentId: visit.appointmentId, amount: 1 }, 422, 'validation-failed'],
      [visit.patient, { appointmentId: visit.appointmentId, currency: 'EUR' }, 422, 'validation-failed'],
      [visit.patient, { appointmentId: visit.appointmentId, paymentMethodId: 'pm_none' }, 422, 'validation-failed'],
      [visit.patient, { appointmentId: visit.appointmentId, paymentMethodId: '../pm' }, 422, 'validation-failed'],
      [
        visit.patient,
        { appointmentId: visit.appointmentId, paymentMethodId: 'pm_card_nosuch' },
        422,
        'validation-failed',
      ],
      [visit.patient, { appointmentId: visit.appointmentId, savePaymentMethod: 'yes' }, 422, 'validation-failed'],
    ];
    for (const [as, body, status, code] of tries) {
      const answer = await fixture.call('POST', '/payments', as, body);
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code]);
    }
    expect((await fixture.call('POST', '/payments', visit.patient, '{"appointmentId":')).status).toBe(400);
    // Nothing of it left a trace: it is paid as if it were the first try.
    expect((await fixture.pay(visit)).body).toMatchObject({
      status: 'paid',
      amount: { amount: 60_000, currency: 'TND' },
    });
    const { body } = await fixture.call('GET', '/payments', stranger);
    expect(body.items).toEqual([]);
  }, 60_000);

  it('is one however often its appointment is told, in whatever order', async () => {
    const visit = await fixture.accepted();
    const id = crypto.randomUUID();
    const held = { ...fixture.factOf(visit), holdUntil: new Date().toISOString() };
    await Promise.all([
      fixture.publish(appointmentHeldV1, visit.appointmentId, held, 1, id),
      fixture.publish(appointmentHeldV1, visit.appointmentId, held, 1, id),
    ]);
    expect((await fixture.pay(visit)).status).toBe(201);
    expect(await fixture.collection('charges').countDocuments({ appointmentId: visit.appointmentId })).toBe(1);
  });

  it('is given back by the share that the fact brings, shown in both books to the millime', async () => {
    const visit = await fixture.accepted();
    const { body: paid } = await fixture.pay(visit);
    const refund = { amount: 18_000, currency: 'TND' };
    const cancelled = { ...fixture.factOf(visit), by: 'patient' as const, refund };
    await fixture.publish(appointmentCancelledV1, visit.appointmentId, cancelled, 3);
    expect(await fixture.settled(visit, paid.id, 'partly-refunded')).toMatchObject({ refunded: refund });
    const income = (await fixture.call('GET', '/doctors/me/income', visit.doctor)).body;
    expect(income.items.map(({ kind, amount }: { kind: string; amount: object }) => [kind, amount])).toEqual([
      ['refund', { amount: -18_000, currency: 'TND' }],
      ['payment', { amount: 60_000, currency: 'TND' }],
    ]);
    const money = (amount: number) => ({ amount, currency: 'TND' });
    expect(income.totals).toEqual({
      income: money(60_000),
      refunds: money(18_000),
      fees: money(1_740),
      net: money(40_260),
    });
    const day = income.items[0].at.slice(0, 10);
    const path = `/internal/figures/doctors/${visit.doctor.id}?from=2020-01-01&to=2099-12-31`;
    const figures = (await fixture.call('GET', path, undefined, undefined, internally)).body;
    expect(figures.days).toHaveLength(1);
    expect(figures.days[0]).toMatchObject({ income: 60_000, refunds: 18_000, fees: 1_740 });
    expect(Math.abs(Date.parse(figures.days[0].day) - Date.parse(day))).toBeLessThanOrEqual(86_400_000);
    expect((await fixture.call('GET', path)).status).toBe(401);
  }, 30_000);
});

describe('a doctor’s figures', () => {
  it('count what was paid for the day by the zone of the availability plan, whatever the profile says', async () => {
    const doctor = await fixture.person('doctor');
    // More than a day apart: never the same day.
    const [ofProfile, ofPlan] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    const names = { firstName: 'Karim', lastName: 'Trabelsi', specializations: [], city: 'Tunis' };
    await fixture.publish(doctorPublishedV1, doctor.id, { doctorId: doctor.id, ...names, timeZone: ofProfile }, 1);
    const plan = (timeZone: string, version: number) =>
      fixture.publish(availabilityPlannedV1, doctor.id, { doctorId: doctor.id, timeZone }, version);
    await plan(ofPlan, 2);
    await plan(ofProfile, 1);
    const visit = await fixture.accepted({ doctor });
    await fixture.settled(visit, (await fixture.pay(visit)).body.id, 'paid');
    const [line] = (await fixture.call('GET', '/doctors/me/income', doctor)).body.items;
    const path = `/internal/figures/doctors/${doctor.id}?from=2020-01-01&to=2099-12-31`;
    const { days } = (await fixture.call('GET', path, undefined, undefined, internally)).body;
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: ofPlan }).format(new Date(line.at));
    expect(days.map((one: { day: string }) => one.day)).toEqual([day]);
  }, 30_000);
});

describe('receipts', () => {
  it('are numbered without a gap under fifty payments at once, and printed the same each time', async () => {
    const before = await fixture.collection('receipts').countDocuments();
    const visits = await Promise.all(Array.from({ length: 50 }, () => fixture.accepted()));
    const paid = await Promise.all(visits.map((visit) => fixture.pay(visit)));
    expect(paid.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 201));
    const numbers = (await fixture.collection('receipts').find().toArray()).map(({ _id }) => Number(_id.split('-')[1]));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: before + 50 }, (_, n) => n + 1));
    const [visit, { body }] = [visits[0]!, paid[0]!];
    const print = async (as: Identified) => fixture.call('GET', `/payments/${body.id}/receipt`, as);
    const [first, second] = [await print(visit.patient), await print(visit.patient)];
    expect([first.status, first.body]).toEqual([200, second.body]);
    expect(first.headers.get('content-disposition')).toMatch(/^inline; filename="medflow-[\w-]+\.pdf"$/);
    expect((await print(visits[1]!.patient)).status).toBe(404);
    expect((await print(visit.doctor)).status).toBe(403);
  }, 60_000);

  it('are not there before the money is', async () => {
    const visit = await fixture.accepted();
    const { body } = await fixture.call('POST', '/payments', visit.patient, { appointmentId: visit.appointmentId });
    const answer = await fixture.call('GET', `/payments/${body.id}/receipt`, visit.patient);
    expect([answer.status, answer.body.code]).toEqual([409, 'no-receipt']);
  });
});

describe('webhooks', () => {
  const send = (payload: string, headers: Record<string, string>) =>
    fetch(`${fixture.service.url}/payments/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: payload,
    });
  const signed = (payload: string, secret = keys.webhookSecret, at = new Date()) =>
    send(payload, { 'stripe-signature': signatureOf(payload, secret, at) });
  const countOf = async (outcome: string): Promise<number> => {
    const metrics = await (await fetch(`${fixture.service.url}/metrics`)).text();
    return Number(
      new RegExp(`medflow_billing_webhooks_total\\{outcome="${outcome}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0,
    );
  };
  const eventOf = (id: string, intent: string) =>
    JSON.stringify({
      id,
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id: intent, object: 'payment_intent', status: 'succeeded' } },
    });

  it('that are forged, stale or changed are refused and counted', async () => {
    const before = await countOf('forged');
    const payload = eventOf('evt_forged', 'pi_1');
    const hourAgo = new Date(Date.now() - 3_600_000);
    const answers = [
      await send(payload, {}),
      await send(payload, { 'stripe-signature': 't=1,v1=00' }),
      await signed(payload, 'whsec_other'),
      await signed(payload, keys.webhookSecret, hourAgo),
      await send(`${payload} `, { 'stripe-signature': signatureOf(payload, keys.webhookSecret, new Date()) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(await countOf('forged')).toBe(before + 5);
  });

  it('are believed no further than that something happened', async () => {
    const visit = await fixture.accepted();
    const { body } = await fixture.call('POST', '/payments', visit.patient, { appointmentId: visit.appointmentId });
    const intent = body.clientSecret.split('_secret_')[0];
    // It says that the money was taken; it was not.
    expect((await signed(eventOf('evt_lie', intent))).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await fixture.call('GET', `/payments/${body.id}`, visit.patient)).body.status).toBe('due');
    const before = await countOf('doubled');
    expect((await signed(eventOf('evt_lie', intent))).status).toBe(200);
    expect(await countOf('doubled')).toBe(before + 1);
    expect((await signed(eventOf('evt_stranger', 'pi_of_somebody_else'))).status).toBe(200);
  });

  it('bring what the patient did in the page', async () => {
    const visit = await fixture.accepted();
    const { body } = await fixture.pay(visit, 'pm_card_threeDSecure2Required');
    expect(body.status).toBe('requires-action');
    const intent = body.clientSecret.split('_secret_')[0];
    await fetch(`${fixture.provider.url}/v1/authentications/${intent}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: keys.publishableKey, client_secret: body.clientSecret, outcome: 'succeed' }),
    });
    // Read from the database: asking for the payment would ask the provider as well.
    await eventually(async () => (await fixture.collection('charges').findOne({ _id: body.id }))?.status === 'paid', {
      timeoutMs: 10_000,
    });
  }, 30_000);
});

describe('the reconciliation', () => {
  const today = () => new Date().toISOString().slice(0, 10);
  const compare = async () => {
    const body = { from: today(), to: today() };
    return (await fixture.call('POST', '/internal/reconciliations', undefined, body, internally)).body;
  };

  it('finds nothing where both sides agree, and every millime where they do not', async () => {
    const visit = await fixture.accepted();
    const { body } = await fixture.pay(visit);
    const agreed = await compare();
    expect(agreed.compared).toBeGreaterThan(0);
    expect(agreed.differences).toEqual([]);
    const booked = (await fixture.collection('ledger').findOne({ _id: `${body.id}:captured` }))!;
    await fixture
      .collection('ledger')
      .updateOne({ _id: booked._id }, { $set: { 'entries.0.amount': 60_001, 'entries.1.amount': -60_001 } });
    expect((await compare()).differences).toEqual([
      { kind: 'payment', source: booked.source, currency: 'TND', ledger: 60_001, provider: 60_000 },
    ]);
    await fixture.collection('ledger').deleteOne({ _id: booked._id });
    expect((await compare()).differences).toContainEqual({
      kind: 'payment',
      source: booked.source,
      currency: 'TND',
      ledger: 0,
      provider: 60_000,
    });
    await fixture.collection('ledger').insertOne(booked as never);
    expect((await compare()).differences).toEqual([]);
  }, 30_000);
});

describe('a doctor’s income', () => {
  it('is a file that no spreadsheet runs', async () => {
    const doctor = await fixture.person('doctor');
    const patient = await fixture.person('patient', '=cmd|calc', 'O"Brien, Jr');
    const visit: Visit = await fixture.accepted({ doctor, patient });
    await fixture.pay(visit);
    const { body, headers } = await fixture.call('GET', '/doctors/me/income?format=csv', doctor);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toBe('attachment; filename="medflow-income.csv"');
    const [heading, line] = String(body).replace('\ufeff', '').split('\r\n');
    expect(heading).toBe('date,kind,receipt,appointment,patient,amount,fee,net,currency');
    expect(line).toContain(`"'=cmd|calc O""Brien, Jr",60.000,1.740,58.260,TND`);
    expect((await fixture.call('GET', '/doctors/me/income', patient)).status).toBe(403);
    expect((await fixture.call('GET', '/doctors/me/income?from=2026-02-01&to=2026-01-01', doctor)).status).toBe(422);
  });
});
