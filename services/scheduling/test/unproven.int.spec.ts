import { afterEach, describe, expect, it } from '@jest/globals';
import { newPatient, next, World } from './world.js';

/** Whose address nobody has proven. */
const newcomer = () => ({ ...newPatient(), emailVerified: false });

describe('a patient whose address is not proven', () => {
  let world: World;
  afterEach(() => world.stop());

  it('looks and holds, and asks for nobody’s time until it is', async () => {
    world = await World.start();
    const [payFirst, askFirst] = [
      await world.publishedDoctor(),
      await world.publishedDoctor({ payment: 'after-acceptance' }),
    ];
    const patient = newcomer();
    // Another time than the one that is held.
    const slot = (await world.slotsOf(askFirst))[3]!;
    await world.held(payFirst, patient);
    const key = { 'idempotency-key': next('key') };
    const refused = await world.book(patient, slot.id, key);
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    expect(refused.body.detail).toContain('Confirmez d’abord votre adresse');
    expect((await world.service.call('GET', '/appointments', { as: askFirst })).body.items).toEqual([]);
    expect((await world.slotsOf(askFirst))[3]).toEqual(slot);
    // The refusal is decided anew, also under the same key.
    const booked = await world.book({ ...patient, emailVerified: true }, slot.id, key);
    expect([booked.status, booked.body.status]).toEqual([201, 'requested']);
  });

  it('is not booked where the doctor accepts at once, or nothing is to be paid', async () => {
    world = await World.start();
    const free = {
      start: '08:00',
      end: '12:00',
      slotMinutes: 30,
      mode: 'video',
      price: { amount: 0, currency: 'TND' },
    };
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...free }));
    for (const plan of [{ payment: 'after-acceptance', autoAccept: true }, { weekly }]) {
      const doctor = await world.publishedDoctor(plan);
      const { status } = await world.book(newcomer(), (await world.slotsOf(doctor))[0]!.id);
      expect(status).toBe(403);
    }
  });

  it('books like everybody where the operator asks for no proof', async () => {
    world = await World.start({ MEDFLOW_VERIFY_EMAIL: 'off' });
    const doctor = await world.publishedDoctor({ payment: 'after-acceptance' });
    expect((await world.book(newcomer(), (await world.slotsOf(doctor))[0]!.id)).status).toBe(201);
  });
});
