import { afterEach, describe, expect, it } from '@jest/globals';
import { BillingFixture } from './billing-fixture.js';

describe('a patient whose address is not proven', () => {
  let fixture: BillingFixture;
  afterEach(() => fixture.stop());

  it('pays nothing until it is, and then under the same key', async () => {
    fixture = await BillingFixture.start();
    const visit = await fixture.accepted();
    const newcomer = { ...visit, patient: { ...visit.patient, emailVerified: false } };
    const key = { 'idempotency-key': 'one-payment' };
    const refused = await fixture.pay(newcomer, 'pm_card_visa', key);
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    expect(refused.body.detail).toContain('Confirmez d’abord votre adresse');
    expect((await fixture.call('GET', '/payments', newcomer.patient)).status).toBe(200);
    const paid = await fixture.pay(visit, 'pm_card_visa', key);
    expect(paid.status).toBe(201);
    await fixture.settled(visit, paid.body.id, 'paid');
  });

  it('saves no card until it is', async () => {
    fixture = await BillingFixture.start();
    const { patient } = await fixture.accepted();
    const save = (emailVerified: boolean) =>
      fixture.call('POST', '/payment-methods', { ...patient, emailVerified }, { paymentMethodId: 'pm_card_visa' });
    const refused = await save(false);
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    expect((await fixture.call('GET', '/payment-methods', patient)).body.items).toEqual([]);
    expect((await save(true)).status).toBe(201);
  });

  it('pays like everybody where the operator asks for no proof', async () => {
    fixture = await BillingFixture.start({ MEDFLOW_VERIFY_EMAIL: 'off' });
    const visit = await fixture.accepted();
    const newcomer = { ...visit, patient: { ...visit.patient, emailVerified: false } };
    expect((await fixture.pay(newcomer)).status).toBe(201);
  });
});
