import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDoctor, next, price, SchedulingHarness } from './harness.js';

const DAY_MS = 86_400_000;
const day = (ahead: number) => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
const hours = { slotMinutes: 30, mode: 'video', price };
const everyDay = (start: string, end: string, over: object = {}) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start, end, ...hours, ...over }));
const season = { name: 'Ramadan', from: day(3), to: day(5), weekly: everyDay('20:00', '21:00') };

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

const put = (as: Identified, body: object, language = 'en') =>
  harness.service.call('PUT', '/doctors/me/availability', { as, body, headers: { 'accept-language': language } });
const get = async (as: Identified) => (await harness.service.call('GET', '/doctors/me/availability', { as })).body;
const faultsOf = async (seasons: unknown): Promise<string[][]> => {
  const { status, body } = await put(newDoctor(), { seasons });
  expect([status, body.code]).toEqual([422, 'validation-failed']);
  return body.errors.map(({ field, code }: { field: string; code: string }) => [field, code]);
};

describe('seasons of a plan', () => {
  it('are kept as they were put, told with the plan, and gone once a plan names none', async () => {
    const doctor = newDoctor();
    expect((await get(doctor)).seasons).toEqual([]);
    const typed = { ...season, name: '  E\u0301te\u0301   2027 ' };
    expect((await put(doctor, { seasons: [typed] })).body.seasons).toEqual([{ ...season, name: 'Été 2027' }]);
    const { version: _, ...plan } = await get(doctor);
    expect(plan.seasons).toEqual([{ ...season, name: 'Été 2027' }]);
    // Who puts back what they were told loses nothing.
    expect((await put(doctor, { ...plan, autoAccept: true })).body.seasons).toEqual(plan.seasons);
    await put(doctor, { weekly: [] });
    expect((await get(doctor)).seasons).toEqual([]);
  });

  it('of a plan that was stored before there were any are none', async () => {
    const id = next('doctor');
    const names = { firstName: 'Karim', lastName: 'Trabelsi', published: true, profileSequence: 1, version: 1 };
    const plan = { timeZone: 'Africa/Tunis', weekly: everyDay('08:00', '12:00'), dates: [], exceptions: [] };
    await harness.collection('doctors').insertOne({ _id: id, ...names, plan } as never);
    expect((await get({ id, role: 'doctor' })).seasons).toEqual([]);
    expect(await harness.slotsOf({ id, role: 'doctor' })).not.toHaveLength(0);
  });

  it('say which slots there are, and the next version of the plan does at once', async () => {
    const doctor = await harness.publishedDoctor({ seasons: [season] });
    const timesOn = async (date: string): Promise<string[]> => {
      const slots = await harness.slotsOf(doctor);
      return slots.filter(({ startsAt }) => startsAt.startsWith(date)).map(({ startsAt }) => startsAt.slice(11, 16));
    };
    // Tunis is an hour ahead.
    expect(await timesOn(day(4))).toEqual(['19:00', '19:30']);
    expect((await timesOn(day(6)))[0]).toBe('07:00');
    const [slot] = (await harness.slotsOf(doctor)).filter(({ startsAt }) => startsAt.startsWith(day(4)));
    const { weekly } = await get(doctor);
    await put(doctor, { weekly, seasons: [{ ...season, weekly: [] }], payment: 'at-booking' });
    expect(await timesOn(day(4))).toEqual([]);
    expect((await timesOn(day(6)))[0]).toBe('07:00');
    expect((await harness.book({ id: next('patient'), role: 'patient' }, slot!.id)).body.code).toBe('slot-taken');
  });

  it('are in the directory’s summary: the next slot, the days and the modes', async () => {
    const weekly = everyDay('10:00', '11:00', { mode: 'in-person' });
    const doctor = await harness.publishedDoctor({ seasons: [{ ...season, from: day(-1), to: day(90), weekly }] });
    const summaryOf = async () => {
      const [record] = await harness.collection('doctors').find({ _id: doctor.id }).toArray();
      return (record as unknown as { summary?: { days: string[]; modes: string[]; nextAvailableAt: Date } }).summary;
    };
    await eventually(async () => (await summaryOf())?.modes.join() === 'in-person');
    expect((await summaryOf())!.nextAvailableAt.toISOString().slice(11, 16)).toBe('09:00');
  });

  it('are refused field by field', async () => {
    const { name: _, ...nameless } = season;
    const { weekly: __, ...weekless } = season;
    expect(
      await faultsOf([
        nameless,
        { ...season, name: 'x'.repeat(61) },
        { ...season, name: 'Ramadan\u202e' },
        { ...season, from: '2027-02-30' },
        weekless,
        { ...season, weekly: everyDay('10:00', '12:00', { price: { amount: 12_345, currency: 'TND' } }).slice(0, 1) },
        { ...season, colour: 'blue' },
      ]),
    ).toEqual([
      ['seasons.0.name', 'required'],
      ['seasons.1.name', 'too-long'],
      ['seasons.2.name', 'invalid-name'],
      ['seasons.3.from', 'invalid-date'],
      ['seasons.4.weekly', 'required'],
      ['seasons.5.weekly.0.price.amount', 'not-a-multiple'],
      ['seasons.6.colour', 'unknown-field'],
    ]);
    expect(await faultsOf([{ ...season, to: day(2) }])).toEqual([['seasons.0.to', 'from-after-to']]);
    const years = Array.from({ length: 13 }, (_, n) => ({
      ...season,
      from: `${2030 + n}-01-01`,
      to: `${2030 + n}-01-02`,
    }));
    expect(await faultsOf(years)).toEqual([['seasons', 'too-many']]);
    expect((await put(newDoctor(), { seasons: years.slice(1) })).status).toBe(200);
  });

  it.each([
    ['fr', 'Ces dates chevauchent celles de « Été » (2027-07-01 – 2027-08-31).'],
    ['en', 'These dates overlap those of “Été” (2027-07-01 – 2027-08-31).'],
    ['ar', 'تتداخل هذه التواريخ مع تواريخ «\u2068Été\u2069» (\u20662027-07-01 – 2027-08-31\u2069).'],
  ])('that share days are refused, and in %s each names the other', async (language, message) => {
    const summer = { ...season, name: 'Été', from: '2027-07-01', to: '2027-08-31' };
    const { body } = await put(
      newDoctor(),
      { seasons: [summer, { ...summer, name: 'Août', from: '2027-08-31' }] },
      language,
    );
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['seasons.0.from', 'seasons.1.from']);
    expect(body.errors[1].message).toBe(message);
  });

  it('are answered for in milliseconds, however many hours they have', async () => {
    const weekly = Array.from({ length: 200 }, (_, n) => ({
      weekday: 1 + (n % 7),
      ...hours,
      start: '00:00',
      end: '24:00',
      slotMinutes: 5,
    }));
    const seasons = Array.from({ length: 12 }, (_, n) => ({ ...season, from: day(5 * n), to: day(5 * n + 4), weekly }));
    const doctor = await harness.publishedDoctor();
    // Hours that share time were stored before they were refused; nothing heavier can be.
    await harness
      .collection('doctors')
      .updateOne(
        { _id: doctor.id },
        { $set: { 'plan.seasons': seasons, 'plan.horizonDays': 365 }, $inc: { version: 1 } },
      );
    const at = performance.now();
    const page = await harness.service.call(
      'GET',
      `/doctors/${doctor.id}/slots?from=${day(0)}&to=${day(60)}&limit=400`,
    );
    const tookMs = performance.now() - at;
    expect(page.body.items).toHaveLength(400);
    expect(JSON.stringify(page.body).length).toBeLessThan(100_000);
    expect(tookMs).toBeLessThan(1_000);
  });
});
