import { afterEach, describe, expect, it } from '@jest/globals';
import { newPatient, next, SchedulingHarness } from './harness.js';

/** Whose address nobody has proven. */
const newcomer = () => ({ ...newPatient(), emailVerified: false });

describe('a patient whose address is not proven', () => {
  let harness: SchedulingHarness;
  afterEach(() => harness.stop());

  it('looks and holds, and asks for nobody’s time until it is', async () => {
    harness = await SchedulingHarness.start();
    const [payFirst, askFirst] = [
      await harness.publishedDoctor(),
      await harness.publishedDoctor({ payment: 'after-acceptance' }),
    ];
    const patient = newcomer();
    // Another time than the one that is held.
    const slot = (await harness.slotsOf(askFirst))[3]!;
    await harness.held(payFirst, patient);
    const key = { 'idempotency-key': next('key') };
    const refused = await harness.book(patient, slot.id, key);
    expect([refused.status, refused.body.code]).toEqual([403, 'email-not-verified']);
    expect(refused.body.detail).toContain('Confirmez d’abord votre adresse');
    expect((await harness.service.call('GET', '/appointments', { as: askFirst })).body.items).toEqual([]);
    expect((await harness.slotsOf(askFirst))[3]).toEqual(slot);
    // The refusal is decided anew, also under the same key.
    const booked = await harness.book({ ...patient, emailVerified: true }, slot.id, key);
    expect([booked.status, booked.body.status]).toEqual([201, 'requested']);
  });

  it('is not booked where the doctor accepts at once, or nothing is to be paid', async () => {
    harness = await SchedulingHarness.start();
    const free = {
      start: '08:00',
      end: '12:00',
      slotMinutes: 30,
      mode: 'video',
      price: { amount: 0, currency: 'TND' },
    };
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...free }));
    for (const plan of [{ payment: 'after-acceptance', autoAccept: true }, { weekly }]) {
      const doctor = await harness.publishedDoctor(plan);
      const { status } = await harness.book(newcomer(), (await harness.slotsOf(doctor))[0]!.id);
      expect(status).toBe(403);
    }
  });

  it('books like everybody where the operator asks for no proof', async () => {
    harness = await SchedulingHarness.start({ MEDFLOW_VERIFY_EMAIL: 'off' });
    const doctor = await harness.publishedDoctor({ payment: 'after-acceptance' });
    expect((await harness.book(newcomer(), (await harness.slotsOf(doctor))[0]!.id)).status).toBe(201);
  });
});
