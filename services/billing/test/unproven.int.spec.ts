import { afterEach, describe, expect, it } from '@jest/globals';
import { World } from './world.js';

describe('a patient whose address is not proven', () => {
  let world: World;
  afterEach(() => world.stop());

  it('pays nothing until it is, and then under the same key', async () => {
    world = await World.start();
    const visit = await world.accepted();
    const newcomer = { ...visit, patient: { ...visit.patient, emailVerified: false } };
    const key = { 'idempotency-key': 'one-payment' };
    const refused = await world.pay(newcomer, 'pm_card_visa', key);
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    expect(refused.body.detail).toContain('Confirmez d’abord votre adresse');
    expect((await world.call('GET', '/payments', newcomer.patient)).status).toBe(200);
    const paid = await world.pay(visit, 'pm_card_visa', key);
    expect(paid.status).toBe(201);
    await world.settled(visit, paid.body.id, 'paid');
  });

  it('saves no card until it is', async () => {
    world = await World.start();
    const { patient } = await world.accepted();
    const save = (emailVerified: boolean) =>
      world.call('POST', '/payment-methods', { ...patient, emailVerified }, { paymentMethodId: 'pm_card_visa' });
    const refused = await save(false);
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    expect((await world.call('GET', '/payment-methods', patient)).body.items).toEqual([]);
    expect((await save(true)).status).toBe(201);
  });

  it('pays like everybody where the operator asks for no proof', async () => {
    world = await World.start({ MEDFLOW_VERIFY_EMAIL: 'off' });
    const visit = await world.accepted();
    const newcomer = { ...visit, patient: { ...visit.patient, emailVerified: false } };
    expect((await world.pay(newcomer)).status).toBe(201);
  });
});
