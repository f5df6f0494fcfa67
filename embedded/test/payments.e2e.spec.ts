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
