import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { next, price, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

const hours = { start: '00:00', end: '24:00', slotMinutes: 5, mode: 'in-person', price };
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** A published doctor whose plan was stored before rules that share time were refused. */
async function withStoredPlan(plan: object): Promise<string> {
  const doctorId = crypto.randomUUID();
  const names = { firstName: 'Karim', lastName: 'Trabelsi', published: true, profileSequence: 1, version: 1 };
  const defaults = { timeZone: 'Africa/Tunis', weekly: [], dates: [], exceptions: [], minNoticeMinutes: 0 };
  const stored = { _id: doctorId, ...names, plan: { ...defaults, horizonDays: 365, ...plan } };
  await harness.collection('doctors').insertOne(stored as never);
  return doctorId;
}

const slots = (doctorId: string, query = '') => harness.service.call('GET', `/doctors/${doctorId}/slots${query}`);

describe('slots', () => {
  it('come a hundred at a time by default, up to four hundred, and go on where the page before ended', async () => {
    const doctorId = await withStoredPlan({ weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours })) });
    const [from, to] = [day(1), day(4)];
    const first = await slots(doctorId, `?from=${from}&to=${to}`);
    expect(first.body.items).toHaveLength(100);
    expect(first.body.nextCursor).toEqual(expect.any(String));
    const starts: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = `?from=${from}&to=${to}&limit=400${cursor && `&cursor=${cursor}`}`;
      const { body } = await slots(doctorId, query);
      starts.push(...body.items.map(({ startsAt }: { startsAt: string }) => startsAt));
      cursor = body.nextCursor;
    }
    expect(starts).toHaveLength(3 * 288);
    expect(new Set(starts).size).toBe(starts.length);
    expect(starts).toEqual([...starts].sort());
  });

  it.each(['limit=0', 'limit=401', 'limit=many', 'cursor=abc', 'cursor=WyJ4Il0', 'cursor=WzFlMzAwXQ', 'cursor=W10'])(
    'are not answered for %s',
    async (query) => {
      const doctor = await harness.publishedDoctor();
      const { status, body } = await slots(doctor.id, `?${query}`);
      expect([status, body.errors[0].field]).toEqual([422, query.split('=')[0]]);
    },
  );

  it('of the most hostile plan weigh less than 100 kB a page, in milliseconds, for two questions to the database', async () => {
    const weekly = Array.from({ length: 200 }, (_, n) => ({
      weekday: 1 + (n % 7),
      ...hours,
      slotMinutes: 5 + 5 * (n % 2),
    }));
    const dates = Array.from({ length: 400 }, (_, n) => ({ date: day(1 + Math.floor(n / 8)), ...hours }));
    const doctorId = await withStoredPlan({ weekly, dates });
    const questions: string[] = [];
    mongoose.set('debug', (collection: string, operation: string) => {
      if (['claims', 'doctors'].includes(collection)) questions.push(`${collection}.${operation}`);
    });
    const at = performance.now();
    const page = await slots(doctorId, `?from=${day(0)}&to=${day(300)}&limit=400`);
    const tookMs = performance.now() - at;
    mongoose.set('debug', false);
    expect(page.body.items).toHaveLength(400);
    expect(JSON.stringify(page.body).length).toBeLessThan(100_000);
    // Milliseconds on a machine with nothing else to do.
    expect(tookMs).toBeLessThan(1_000);
    expect(questions.filter((question) => question.startsWith('claims'))).toHaveLength(1);
    const usual = await slots(doctorId);
    expect(JSON.stringify(usual.body).length).toBeLessThan(30_000);
  });

  it('of rules that share time are offered once, and can be had', async () => {
    const shared = { weekday: 1, start: '09:00', end: '12:00', mode: 'video', price };
    const week = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
      { ...shared, weekday, slotMinutes: 30 },
      { ...shared, weekday, slotMinutes: 20, end: '12:20' },
    ]);
    const doctorId = await withStoredPlan({ weekly: week });
    const { items } = (await slots(doctorId, `?from=${day(1)}&to=${day(2)}`)).body;
    const ends = items.map(({ endsAt }: { endsAt: string }) => endsAt);
    items.slice(1).forEach(({ startsAt }: { startsAt: string }, n: number) => expect(startsAt >= ends[n]).toBe(true));
    expect(items).toHaveLength(7);
    const last = items.at(-1);
    expect((await harness.book({ id: next('patient'), role: 'patient' }, last.id)).status).toBe(201);
  });
});

describe('a plan with rules that share time', () => {
  it.each([
    ['fr', 'Ces horaires chevauchent ceux de la plage 1 (09:00–12:00).'],
    ['en', 'These hours overlap those of rule 1 (09:00–12:00).'],
    ['ar', 'تتداخل هذه الساعات مع ساعات الفترة 1 (\u206609:00–12:00\u2069).'],
  ])('is refused, and in %s both rules are named', async (language, message) => {
    const rule = { weekday: 2, start: '09:00', end: '12:00', slotMinutes: 30, mode: 'video', price };
    const { status, body } = await harness.service.call('PUT', '/doctors/me/availability', {
      as: { id: next('doctor'), role: 'doctor' },
      body: { weekly: [rule, { ...rule, weekday: 3 }, { ...rule, start: '11:30', end: '13:00', mode: 'in-person' }] },
      headers: { 'accept-language': language },
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
      ['weekly.0.start', 'overlaps'],
      ['weekly.2.start', 'overlaps'],
    ]);
    expect(body.errors[1].message).toBe(message);
  });
});
