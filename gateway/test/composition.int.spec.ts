import { topology } from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { type Answer, type Identified, ServiceHarness, testDatabase } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { gateway } from '../src/index.js';
import { failures, FakeService } from './fake-services.js';

const doctor: Identified = { id: 'doctor-1', role: 'doctor' };
const patient: Identified = { id: 'patient-1', role: 'patient' };
const admin: Identified = { id: 'admin-1', role: 'admin' };
const person = { id: 'doctor-1', firstName: 'Karim', lastName: 'Trabelsi' };
const appointment = { id: 'appointment-1', status: 'accepted', startsAt: '2026-11-23T09:00:00.000Z', doctor: person };
const request = { ...appointment, id: 'appointment-2', status: 'requested' };
const due = {
  appointmentId: 'appointment-1',
  amount: { amount: 60_000, currency: 'TND' },
  doctor: person,
  startsAt: '2026-11-23T09:00:00.000Z',
  status: 'due',
};
const visit = { appointmentId: 'appointment-3', doctor: person, startsAt: '2026-11-20T09:00:00.000Z' };
const review = { id: 'review-1', createdAt: '2026-11-20T09:00:00.000Z', stars: 5 };
const names = ['scheduling', 'billing', 'feedback', 'profiles', 'notifications'] as const;

let services: Record<(typeof names)[number], FakeService>;
let bus: InProcessBus;
let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
let door: ServiceHarness;

function tellAll(): void {
  const figures = '/internal/figures/doctors/doctor-1';
  services.scheduling.knows(figures, {
    timeZone: 'Africa/Tunis',
    days: [
      { day: '2026-11-01', consultations: 2, noShows: 1, cancelled: 0, requested: 3 },
      { day: '2026-11-02', consultations: 5, noShows: 0, cancelled: 1, requested: 6 },
    ],
  });
  services.billing.knows(figures, {
    currency: 'TND',
    days: [{ day: '2026-11-02', income: 120_010, refunds: 30_005, fees: 3_601 }],
  });
  services.feedback.knows(figures, { average: 4.5, count: 2, days: [{ day: '2026-11-02', count: 2, stars: 9 }] });
  services.scheduling.knows('/internal/appointments/doctors/doctor-1/agenda', {
    timeZone: 'Africa/Tunis',
    today: [appointment],
    requests: { count: 7, items: [request] },
  });
  services.scheduling.knows('/internal/appointments/patients/patient-1/agenda', {
    next: appointment,
    paymentsDue: [due],
  });
  services.feedback.knows('/internal/feedback/doctors/doctor-1/latest', { items: [review] });
  services.feedback.knows('/internal/feedback/patients/patient-1/to-rate', { items: [visit] });
  services.profiles.knows('/doctors/me', { id: 'doctor-1', missing: ['biography'], verification: 'pending' });
  services.profiles.knows('/patients/me', { id: 'patient-1', missing: [], completeness: 83 });
  services.notifications.knows('/notifications', { items: [], nextCursor: null, unread: 4 });
}

beforeAll(async () => {
  busDatabase = await testDatabase('bus');
  bus = new InProcessBus(busDatabase.client.db());
  bus.declare(topology);
  services = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await FakeService.start()] as const)),
  ) as typeof services;
  const upstreams: Record<string, string> = Object.fromEntries(names.map((name) => [name, services[name].url]));
  door = await ServiceHarness.start(gateway, { kind: 'in-process', bus }, { upstreams, mongoUri: '' });
  upstreams.identity = door.identity.url;
  tellAll();
});

afterEach(() => names.forEach((name) => services[name].recovers()));

afterAll(async () => {
  await door.stop();
  await Promise.all(names.map((name) => services[name].stop()));
  bus.close();
  await busDatabase.drop();
});

const get = (path: string, as?: Identified, headers: Record<string, string> = {}): Promise<Answer> =>
  door.call('GET', `/api/v1${path}`, { ...(as && { as }), headers });

describe('statistics', () => {
  it('are composed of what the services tell of the period', async () => {
    const answer = await get('/doctors/me/statistics?from=2026-11-01&to=2026-11-03&bucket=week', doctor);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const money = (amount: number) => ({ amount, currency: 'TND' });
    expect(answer.body).toEqual({
      from: '2026-11-01',
      to: '2026-11-03',
      bucket: 'week',
      timeZone: 'Africa/Tunis',
      consultations: 7,
      noShows: 1,
      cancelled: 1,
      income: money(120_010),
      refunds: money(30_005),
      fees: money(3_601),
      rating: { average: 4.5, count: 2 },
      series: [
        {
          from: '2026-11-01',
          to: '2026-11-01',
          consultations: 2,
          noShows: 1,
          cancelled: 0,
          income: money(0),
          refunds: money(0),
          fees: money(0),
          rating: { average: null, count: 0 },
        },
        {
          from: '2026-11-02',
          to: '2026-11-03',
          consultations: 5,
          noShows: 0,
          cancelled: 1,
          income: money(120_010),
          refunds: money(30_005),
          fees: money(3_601),
          rating: { average: 4.5, count: 2 },
        },
      ],
      unavailable: [],
    });
  });

  it('are asked of the services in the gateway’s name, under the request’s own id', async () => {
    const { headers } = await get('/doctors/me/statistics', doctor, { 'x-request-id': 'request-from-a-test' });
    expect(headers.get('x-request-id')).toBe('request-from-a-test');
    const [asked] = services.billing.asked;
    expect(asked!.headers).toMatchObject({
      'x-medflow-internal': 'test-internal-token',
      'x-request-id': 'request-from-a-test',
    });
    expect(asked!.headers.authorization).toBeUndefined();
  });

  it('are of the last 30 days by default, as the days are at the doctor’s', async () => {
    for (const timeZone of ['Pacific/Pago_Pago', 'Pacific/Kiritimati']) {
      const today = () => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
      services.scheduling.knows('/internal/figures/doctors/doctor-1', { timeZone, days: [] });
      const before = today();
      const { body } = await get('/doctors/me/statistics', doctor);
      expect([before, today()]).toContain(body.to);
      expect(body).toMatchObject({ timeZone, bucket: 'day' });
      expect(body.series).toHaveLength(30);
      const asked = new URL(services.billing.asked.at(-1)!.path, 'http://billing').searchParams;
      expect(asked.get('from')! <= body.from && asked.get('to')! >= body.to).toBe(true);
    }
    tellAll();
  });

  it.each(Object.keys(failures))('lack what a service knows that %s, and show the rest', async (failure) => {
    services.billing.fails(failures[failure]!);
    const started = Date.now();
    const { status, body } = await get('/doctors/me/statistics?from=2026-11-01&to=2026-11-03&bucket=day', doctor);
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(status).toBe(200);
    expect(body).toMatchObject({ income: null, refunds: null, fees: null, unavailable: ['billing'] });
    expect(body).toMatchObject({ consultations: 7, rating: { average: 4.5, count: 2 } });
    expect(body.series[1]).toMatchObject({ consultations: 5, income: null });
  });

  it('are served even when every service is down', async () => {
    for (const name of names) services[name].fails(failures['hangs up']!);
    const { status, body } = await get('/doctors/me/statistics', doctor);
    expect(status).toBe(200);
    expect(body).toMatchObject({ consultations: null, rating: null, timeZone: null });
    expect(body.unavailable).toEqual(['billing', 'feedback', 'scheduling']);
    expect(body.series).toHaveLength(30);
  });

  it.each([
    ['from=2026-02-30', 'from', 'invalid-date'],
    ['to=yesterday', 'to', 'invalid-date'],
    ['from=2026-11-02&to=2026-11-01', 'to', 'from-after-to'],
    ['from=2023-11-01&to=2026-11-02&bucket=day', 'from', 'period-too-long'],
    ['from=2001-11-01&to=2026-11-02', 'from', 'period-too-long'],
    ['from=0001-01-01', 'from', 'too-small'],
    ['from=9999-12-31&to=9999-12-31', 'to', 'too-large'],
    ['bucket=year', 'bucket', 'not-a-choice'],
    ['bucket=day&bucket=week', 'bucket', 'not-a-choice'],
    ['from[$ne]=1', 'from[$ne]', 'unknown-field'],
    ['doctorId=doctor-2', 'doctorId', 'unknown-field'],
  ])('refuse %s', async (query, field, code) => {
    const { status, headers, body } = await get(`/doctors/me/statistics?${query}`, doctor, { 'accept-language': 'ar' });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.errors).toContainEqual(expect.objectContaining({ field, code }));
    expect(body.errors[0].message).toMatch(/[\u0600-\u06ff]/);
    expect(body.requestId).toBe(headers.get('x-request-id'));
    expect(services.scheduling.asked).toEqual([]);
  });

  it('allow three years by day to the day, and more by week', async () => {
    const days = await get('/doctors/me/statistics?from=2023-11-01&to=2026-11-01&bucket=day', doctor);
    expect(days.body.series).toHaveLength(1097);
    const weeks = await get('/doctors/me/statistics?from=2020-11-01&to=2026-11-01', doctor);
    expect(weeks.body.bucket).toBe('month');
  });
});

describe('the doctor’s dashboard', () => {
  it('has the day, the requests, the figures, the latest reviews and the profile', async () => {
    const { status, headers, body } = await get('/doctors/me/dashboard', doctor);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      today: [appointment],
      requests: { count: 7, items: [request] },
      statistics: { bucket: 'day', timeZone: 'Africa/Tunis', unavailable: [] },
      latestFeedback: [review],
      profile: { missing: ['biography'], verification: 'pending' },
      unavailable: [],
    });
    expect(body.statistics.series).toHaveLength(30);
    // What is the doctor's own is asked in the doctor's name.
    expect(services.profiles.asked[0]!.headers.authorization).toMatch(/^Bearer /);
    expect(services.profiles.asked[0]!.headers['x-medflow-internal']).toBeUndefined();
  });

  it.each([
    ['scheduling', { today: null, requests: null }],
    ['billing', {}],
    ['feedback', { latestFeedback: null }],
    ['profiles', { profile: null }],
  ] as const)('lacks the parts of %s when it breaks, and nothing else', async (name, lacking) => {
    services[name].fails(failures['answers halves']!);
    const { status, body } = await get('/doctors/me/dashboard', doctor);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...lacking, unavailable: [name] });
    const whole = { today: [appointment], latestFeedback: [review], profile: { verification: 'pending' } };
    expect(body).toMatchObject({ ...whole, ...lacking });
  });
});

describe('the patient’s dashboard', () => {
  it('has what comes next, what is to be paid and rated, the profile and what is unread', async () => {
    const { status, body } = await get('/patients/me/dashboard', patient);
    expect(status).toBe(200);
    expect(body).toEqual({
      next: appointment,
      paymentsDue: [due],
      toRate: [visit],
      profile: { missing: [], completeness: 83 },
      unread: 4,
      unavailable: [],
    });
  });

  it.each([
    ['scheduling', { next: null, paymentsDue: null }],
    ['feedback', { toRate: null }],
    ['profiles', { profile: null }],
    ['notifications', { unread: null }],
  ] as const)('lacks the parts of %s when it breaks, and nothing else', async (name, lacking) => {
    services[name].fails(failures['answers halves']!);
    const { status, body } = await get('/patients/me/dashboard', patient);
    expect(status).toBe(200);
    const whole = { next: appointment, paymentsDue: [due], toRate: [visit], unread: 4 };
    expect(body).toMatchObject({ ...whole, ...lacking, unavailable: [name] });
  });

  it('says that nothing comes next where nothing does', async () => {
    const agenda = '/internal/appointments/patients/patient-1/agenda';
    services.scheduling.knows(agenda, { next: null, paymentsDue: [] });
    const { body } = await get('/patients/me/dashboard', patient);
    expect(body).toMatchObject({ next: null, paymentsDue: [], unavailable: [] });
    tellAll();
  });
});

describe('the composed pages', () => {
  const pages = [
    ['/doctors/me/statistics', doctor],
    ['/doctors/me/dashboard', doctor],
    ['/patients/me/dashboard', patient],
  ] as const;

  it.each(pages)('%s is for that role alone', async (path, owner) => {
    for (const other of [doctor, patient, admin].filter(({ role }) => role !== owner.role))
      expect(await get(path, other)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await get(path)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    const forged = await get(path, undefined, { authorization: 'Bearer not.a.token' });
    expect(forged).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    for (const name of names) expect(services[name].asked).toEqual([]);
  });

  it.each(pages)('%s takes no other method, and is nowhere but under the base path', async (path, owner) => {
    const other = await door.call('POST', `/api/v1${path}`, { as: owner, body: {} });
    expect(other.status).toBe(405);
    expect(other.headers.get('allow')).toBe('GET');
    // Beside the base path is the web client, whose router knows no such page.
    const page = await door.call('GET', path, { as: owner, headers: { accept: 'application/json' } });
    expect(page.status).toBe(404);
  });

  it('are counted by the rate limits, with the reads of the same account', async () => {
    const reader: Identified = { id: 'patient-2', role: 'patient' };
    services.scheduling.knows('/internal/appointments/patients/patient-2/agenda', { next: null, paymentsDue: [] });
    const left = async (path: string) => Number((await get(path, reader)).headers.get('x-ratelimit-remaining'));
    const first = await left('/patients/me/dashboard');
    expect(first).toBe(1199);
    expect(await left('/patients/me')).toBe(1198);
    expect(await left('/patients/me/dashboard')).toBe(1197);
  });

  it('leave what operators look at where it was', async () => {
    expect((await door.call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await door.call('GET', '/metrics')).status).toBe(200);
  });
});
