import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CompositionHarness, doctor, names } from './composition-harness.js';
import { failures } from './fake-services.js';

let harness: CompositionHarness;
beforeAll(async () => {
  harness = await CompositionHarness.start();
});
afterEach(() => harness.recover());
afterAll(() => harness.stop());

describe('statistics', () => {
  it('are composed of what the services tell of the period', async () => {
    const answer = await harness.get('/doctors/me/statistics?from=2026-11-01&to=2026-11-03&bucket=week', doctor);
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
    const { headers } = await harness.get('/doctors/me/statistics', doctor, { 'x-request-id': 'request-from-a-test' });
    expect(headers.get('x-request-id')).toBe('request-from-a-test');
    const [asked] = harness.services.billing.asked;
    expect(asked!.headers).toMatchObject({
      'x-medflow-internal': 'test-internal-token',
      'x-request-id': 'request-from-a-test',
    });
    expect(asked!.headers.authorization).toBeUndefined();
  });

  it('are of the last 30 days by default, as the days are at the doctor’s', async () => {
    for (const timeZone of ['Pacific/Pago_Pago', 'Pacific/Kiritimati']) {
      const today = () => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
      harness.services.scheduling.knows('/internal/figures/doctors/doctor-1', { timeZone, days: [] });
      const before = today();
      const { body } = await harness.get('/doctors/me/statistics', doctor);
      expect([before, today()]).toContain(body.to);
      expect(body).toMatchObject({ timeZone, bucket: 'day' });
      expect(body.series).toHaveLength(30);
      const asked = new URL(harness.services.billing.asked.at(-1)!.path, 'http://billing').searchParams;
      expect(asked.get('from')! <= body.from && asked.get('to')! >= body.to).toBe(true);
    }
    harness.fill();
  });

  it.each(Object.keys(failures))('lack what a service knows that %s, and show the rest', async (failure) => {
    harness.services.billing.fails(failures[failure]!);
    const started = Date.now();
    const { status, body } = await harness.get(
      '/doctors/me/statistics?from=2026-11-01&to=2026-11-03&bucket=day',
      doctor,
    );
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(status).toBe(200);
    expect(body).toMatchObject({ income: null, refunds: null, fees: null, unavailable: ['billing'] });
    expect(body).toMatchObject({ consultations: 7, rating: { average: 4.5, count: 2 } });
    expect(body.series[1]).toMatchObject({ consultations: 5, income: null });
  });

  it('are served even when every service is down', async () => {
    for (const name of names) harness.services[name].fails(failures['hangs up']!);
    const { status, body } = await harness.get('/doctors/me/statistics', doctor);
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
    const { status, headers, body } = await harness.get(`/doctors/me/statistics?${query}`, doctor, {
      'accept-language': 'ar',
    });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.errors).toContainEqual(expect.objectContaining({ field, code }));
    expect(body.errors[0].message).toMatch(/[\u0600-\u06ff]/);
    expect(body.requestId).toBe(headers.get('x-request-id'));
    expect(harness.services.scheduling.asked).toEqual([]);
  });

  it('allow three years by day to the day, and more by week', async () => {
    const days = await harness.get('/doctors/me/statistics?from=2023-11-01&to=2026-11-01&bucket=day', doctor);
    expect(days.body.series).toHaveLength(1097);
    const weeks = await harness.get('/doctors/me/statistics?from=2020-11-01&to=2026-11-01', doctor);
    expect(weeks.body.bucket).toBe('month');
  });
});
