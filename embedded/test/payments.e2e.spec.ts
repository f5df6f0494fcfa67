import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Api, Person } from './api.js';
import { System } from './system.js';

let system: System;
let api: Api;
beforeAll(async () => {
  system = await System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } });
  api = system.api;
}, 120_000);
afterAll(() => system?.stop(), 30_000);

const pay = (patient: Person, body: object, headers: Record<string, string> = {}) =>
  api.call('POST', '/payments', { token: patient.token, body, headers });

/** The appointment once its payment is in that state. */
const paymentOf = (person: Person, id: string, status: string) =>
  eventually(
    async () => {
      const appointment = await api.expect(200, 'GET', `/appointments/${id}`, { token: person.token });
      return appointment.payment.status === status ? appointment : undefined;
    },
    { timeoutMs: 15_000, everyMs: 50 },
  );

describe('paid after acceptance', () => {
  let doctor: Person;
  let patient: Person;
  const nextSlot = async () => (await api.slots(doctor.id))[0]!.id;
  const accepted = async (): Promise<Answer['body']> => {
    const { id } = (await api.book(patient, await nextSlot())).body;
    return api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
  };
  beforeAll(async () => {
    doctor = await api.publishDoctor();
    patient = await api.register('patient');
  }, 60_000);

  it('is not payable before, is paid after, once, with a receipt', async () => {
    const { id: appointmentId } = (await api.book(patient, await nextSlot())).body;
    const early = await pay(patient, { appointmentId, paymentMethodId: 'pm_card_visa' });
    expect([early.status, early.body.code]).toEqual([409, 'not-payable']);
    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
    const open = await pay(patient, { appointmentId });
    expect(open.status).toBe(201);
    expect(open.body).toMatchObject({
      appointmentId,
      status: 'due',
      amount: { amount: 60_000, currency: 'TND' },
      provider: 'test',
      doctor: { id: doctor.id },
    });
    expect(open.body.clientSecret).toMatch(/^pi_\w+_secret_/);
    const paid = await pay(patient, { appointmentId, paymentMethodId: 'pm_card_visa' });
    expect([paid.status, paid.body.id, paid.body.status]).toEqual([201, open.body.id, 'paid']);
    const again = await pay(patient, { appointmentId, paymentMethodId: 'pm_card_visa' });
    expect([again.status, again.body.code]).toEqual([409, 'already-paid']);
    const read = await api.expect(200, 'GET', `/payments/${paid.body.id}`, { token: patient.token });
    expect(read).toMatchObject({ status: 'paid', method: { brand: 'visa', last4: '4242' } });
    expect(read.receiptNumber).toMatch(/^\d{4}-\d{6}$/);
    const receipt = await api.call('GET', `/payments/${paid.body.id}/receipt`, { token: patient.token });
    expect([receipt.status, receipt.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(String(receipt.body)).toMatch(/^%PDF-/);
    await paymentOf(patient, appointmentId, 'paid');
  });

  it('tells why a card is declined and takes another', async () => {
    const { id: appointmentId } = await accepted();
    const declined = await pay(patient, {
      appointmentId,
      paymentMethodId: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    });
    expect([declined.status, declined.body.code, declined.body.declineCode]).toEqual([
      402,
      'payment-declined',
      'insufficient_funds',
    ]);
    const paid = await pay(patient, { appointmentId, paymentMethodId: 'pm_card_visa' });
    expect([paid.status, paid.body.status]).toEqual([201, 'paid']);
  });
});

describe('paid at booking', () => {
  let doctor: Person;
  let patient: Person;
  const plan = {
    payment: 'at-booking',
    cancellation: { cutoffHours: 48, tiers: [{ hoursBefore: 1, refundPercent: 50 }] },
  };
  const slots = () => api.slots(doctor.id);
  const held = async (at = 0): Promise<Answer['body']> => {
    const answer = await api.book(patient, (await slots())[at]!.id);
    expect([answer.status, answer.body.status]).toEqual([201, 'held']);
    return answer.body;
  };
  /** The appointment once it is in that status. */
  const standing = (person: Person, id: string, status: string) =>
    eventually(
      async () => {
        const { status: found, body } = await api.call('GET', `/appointments/${id}`, { token: person.token });
        return found === 200 && body.status === status ? body : undefined;
      },
      { timeoutMs: 15_000, everyMs: 50 },
    );
  const payment = async (id: string): Promise<Answer['body']> =>
    api.expect(200, 'GET', `/payments/${id}`, { token: patient.token });
  beforeAll(async () => {
    doctor = await api.publishDoctor({ plan });
    patient = await api.register('patient');
  }, 60_000);

  it('holds, is authorised, reaches the doctor, and is captured when they accept', async () => {
    const { id, holdUntil, policy } = await held();
    expect(Date.parse(holdUntil) - Date.now()).toBeGreaterThan(9 * 60_000);
    expect(policy).toMatchObject({ cutoffHours: 48 });
    expect((await api.call('GET', `/appointments/${id}`, { token: doctor.token })).status).toBe(404);
    const authorised = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_visa' });
    expect([authorised.status, authorised.body.status]).toEqual([201, 'authorised']);
    await standing(doctor, id, 'requested');
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    const { payment: state } = await paymentOf(doctor, id, 'paid');
    expect(await payment(state.paymentId)).toMatchObject({ status: 'paid', amount: { amount: 60_000 } });
  });

  it('lets go of the money when the doctor rejects', async () => {
    const { id } = await held();
    const { body } = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_visa' });
    await standing(doctor, id, 'requested');
    await api.expect(200, 'POST', `/appointments/${id}/reject`, { token: doctor.token, body: { reason: 'Absente' } });
    await paymentOf(patient, id, 'voided');
    expect(await payment(body.id)).toMatchObject({ status: 'voided', refunded: { amount: 0 } });
  });

  it('gives back the share of the policy inside the cut-off, and all when the doctor cancels', async () => {
    for (const [by, percent, amount, status] of [
      ['patient', 50, 30_000, 'partly-refunded'],
      ['doctor', 100, 60_000, 'refunded'],
    ] as const) {
      const { id } = await held(2);
      const { body } = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_visa' });
      await standing(doctor, id, 'requested');
      await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
      await paymentOf(patient, id, 'paid');
      const { token } = by === 'patient' ? patient : doctor;
      const cancelled = await api.expect(200, 'POST', `/appointments/${id}/cancel`, { token, body: {} });
      expect(cancelled.refund).toEqual({ amount, currency: 'TND', percent });
      await paymentOf(patient, id, status);
      expect((await payment(body.id)).refunded.amount).toBe(amount);
    }
  });

  it('saves the card of a visit far ahead and charges it when the doctor accepts', async () => {
    const far = (await api.slots(doctor.id, `?from=${day(20)}&to=${day(21)}`))[0]!;
    const { id } = (await api.book(patient, far.id)).body;
    const { body } = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_visa' });
    expect(body).toMatchObject({ status: 'authorised', intent: 'setup' });
    await standing(doctor, id, 'requested');
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    await paymentOf(patient, id, 'paid');
  });

  it('asks the patient where the bank wants them for a charge without them', async () => {
    const far = (await api.slots(doctor.id, `?from=${day(22)}&to=${day(23)}`))[0]!;
    const { id } = (await api.book(patient, far.id)).body;
    const { body } = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_chargeCustomerFail' });
    expect(body).toMatchObject({ status: 'authorised', intent: 'setup' });
    await standing(doctor, id, 'requested');
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    await paymentOf(patient, id, 'failed');
    const paid = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_visa' });
    expect([paid.status, paid.body.status, paid.body.id]).toEqual([201, 'paid', body.id]);
  });

  it('asks for 3-D Secure in the page, and the hold is confirmed by what the patient answers', async () => {
    const { id } = await held(4);
    const asked = await pay(patient, { appointmentId: id, paymentMethodId: 'pm_card_threeDSecure2Required' });
    expect([asked.status, asked.body.status]).toEqual([201, 'requires-action']);
    const { clientSecret: client_secret, publishableKey: key } = asked.body;
    const intent = client_secret.split('_secret_')[0];
    const answered = await fetch(`${api.url}/test-provider/v1/authentications/${intent}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_secret, key, outcome: 'succeed' }),
    });
    expect(answered.status).toBe(200);
    await standing(patient, id, 'requested');
    expect(await payment(asked.body.id)).toMatchObject({ status: 'authorised' });
  });

  it('keeps the card where that is wished, for two clicks the next time', async () => {
    const first = await held(5);
    const card = { paymentMethodId: 'pm_card_mastercard', savePaymentMethod: true };
    expect((await pay(patient, { appointmentId: first.id, ...card })).status).toBe(201);
    const { items } = await api.expect(200, 'GET', '/payment-methods', { token: patient.token });
    const saved = items.find(({ brand }: { brand: string }) => brand === 'mastercard');
    const second = await held(6);
    const paid = await pay(patient, { appointmentId: second.id, paymentMethodId: saved.id });
    expect([paid.status, paid.body.status]).toEqual([201, 'authorised']);
    const other = await api.register('patient');
    const slot = (await slots())[7]!;
    const { id } = (await api.book(other, slot.id)).body;
    const stolen = await pay(other, { appointmentId: id, paymentMethodId: saved.id });
    expect([stolen.status, stolen.body.errors?.[0]?.field]).toEqual([422, 'paymentMethodId']);
    expect((await pay(patient, { appointmentId: id })).status).toBe(404);
  });

  it('charges once however often and however parallel it is asked, and keeps its keys’ answers', async () => {
    const { id: appointmentId } = await held(8);
    const body = { appointmentId, paymentMethodId: 'pm_card_visa' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(patient, body)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
    const { id: declinedOne } = await held(9);
    const headers = { 'idempotency-key': 'declined-once' };
    const declining = { appointmentId: declinedOne, paymentMethodId: 'pm_card_visa_chargeDeclined' };
    const first = await pay(patient, declining, headers);
    const replayed = await pay(patient, declining, headers);
    expect([first.status, replayed.status, replayed.body.declineCode]).toEqual([402, 402, 'generic_decline']);
    const reused = await pay(patient, { ...declining, paymentMethodId: 'pm_card_visa' }, headers);
    expect([reused.status, reused.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('refuses forged webhooks', async () => {
    const forged = await api.call('POST', '/payments/webhook', {
      body: { id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', data: { object: {} } },
      headers: { 'stripe-signature': 't=1,v1=00' },
    });
    expect([forged.status, forged.body.code]).toEqual([400, 'invalid-signature']);
    expect((await api.call('POST', '/payments/webhook', { body: {} })).status).toBe(400);
  });
});

/** `YYYY-MM-DD`, so many days from now. */
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
