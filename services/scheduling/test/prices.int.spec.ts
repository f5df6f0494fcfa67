import { eventually, type Identified } from '@medflow/testing';
import { priceLimits } from '@medflow/service-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargeable } from '../src/domain/price.js';
import { newPatient, SchedulingHarness } from './harness.js';

const TND = (amount: number) => ({ amount, currency: 'TND' });

describe('prices', () => {
  let harness: SchedulingHarness;
  beforeAll(async () => {
    harness = await SchedulingHarness.start();
  });
  afterAll(() => harness.stop());

  /** As it was stored before prices were checked. */
  const storedPrice = async (doctor: Identified, amount: number) => {
    await harness
      .collection('doctors')
      .updateOne({ _id: doctor.id }, { $set: { 'plan.weekly.$[].price': TND(amount) }, $inc: { version: 1 } });
  };

  it('that nobody could be charged are refused where they are set, each at its field', async () => {
    const doctor = await harness.publishedDoctor();
    const hours = { start: '08:00', end: '12:00', slotMinutes: 30, mode: 'video' };
    const amounts = [60_000, 12_345, 60_005, 3, 100_000_000, 0, 1_000];
    const weekly = amounts.map((amount, at) => ({ weekday: at + 1, ...hours, price: TND(amount) }));
    const dates = [{ date: '2030-01-01', ...hours, price: { amount: 49, currency: 'EUR' } }];
    const { status, body } = await harness.service.call('PUT', '/doctors/me/availability', {
      as: doctor,
      body: { weekly, dates },
      headers: { 'accept-language': 'en' },
    });
    expect(status).toBe(422);
    const faults = body.errors.map(({ field, code }: { field: string; code: string }) => [field, code]);
    expect(faults).toEqual([
      ['weekly.1.price.amount', 'not-a-multiple'],
      ['weekly.2.price.amount', 'not-a-multiple'],
      ['weekly.3.price.amount', 'not-a-multiple'],
      ['weekly.4.price.amount', 'too-large'],
      ['weekly.6.price.amount', 'too-small'],
      ['dates.0.price.amount', 'too-small'],
    ]);
    expect(body.errors[0].message).toBe('A multiple of 10.');
  });

  it('are the same here as where they are set', () => {
    for (const [currency, { step, min }] of Object.entries(priceLimits)) {
      for (const amount of [min, min + step, 123 * step + min])
        expect(chargeable({ amount, currency }).amount).toBe(amount);
      expect(chargeable({ amount: min - step, currency }).amount).toBe(0);
      expect(chargeable({ amount: 60_000 + step / 2, currency }).amount % step).toBe(0);
    }
  });

  it.each([
    [12_345, 12_350],
    [60_005, 60_010],
  ])('of %s millimes that were stored before are offered, shown and given back as %s', async (stored, charged) => {
    const doctor = await harness.publishedDoctor();
    await storedPrice(doctor, stored);
    const [slot] = await harness.slotsOf(doctor);
    expect(slot).toMatchObject({ price: TND(charged) });
    const hold = await harness.held(doctor);
    expect((await harness.read(hold.patient, hold.id)).price).toEqual(TND(charged));
    await harness.authorise(hold);
    await harness.standing(hold, 'requested');
    expect((await harness.step(doctor, hold, 'accept')).status).toBe(200);
    await harness.capture(hold);
    await eventually(async () => (await harness.read(hold.patient, hold.id)).payment.status === 'paid');
    const { body } = await harness.step(doctor, hold, 'cancel');
    expect(body.refund).toEqual({ amount: charged, currency: 'TND', percent: 100 });
    await eventually(() => harness.last.get(hold.id)?.refund !== undefined);
    expect(harness.last.get(hold.id)).toMatchObject({ price: TND(charged), refund: TND(charged) });
  });

  it('too small to be charged are free, and nothing is held for them', async () => {
    const doctor = await harness.publishedDoctor();
    await storedPrice(doctor, 3);
    const [slot] = await harness.slotsOf(doctor);
    const { status, body } = await harness.book(newPatient(), slot!.id);
    expect([status, body.status, body.price, body.payment.status]).toEqual([201, 'requested', TND(0), 'none']);
  });

  it('of appointments that were stored before read as what was charged', async () => {
    const doctor = await harness.publishedDoctor();
    const holds = [await harness.held(doctor), await harness.held(doctor)];
    for (const [at, amount] of [12_345, 3].entries())
      await harness.collection('appointments').updateOne({ _id: holds[at]!.id }, { $set: { price: TND(amount) } });
    expect((await harness.read(holds[0]!.patient, holds[0]!.id)).price).toEqual(TND(12_350));
    expect(await harness.read(holds[1]!.patient, holds[1]!.id)).toMatchObject({
      price: TND(0),
      payment: { status: 'none' },
    });
  });
});
