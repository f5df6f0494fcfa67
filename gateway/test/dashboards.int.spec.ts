import type { Identified } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CompositionHarness,
  admin,
  appointment,
  doctor,
  due,
  names,
  patient,
  request,
  review,
  visit,
} from './composition-harness.js';
import { failures } from './fake-services.js';

let harness: CompositionHarness;
beforeAll(async () => {
  harness = await CompositionHarness.start();
});
afterEach(() => harness.recover());
afterAll(() => harness.stop());

describe('the doctor’s dashboard', () => {
  it('has the day, the requests, the figures, the latest reviews and the profile', async () => {
    const { status, headers, body } = await harness.get('/doctors/me/dashboard', doctor);
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
    expect(harness.services.profiles.asked[0]!.headers.authorization).toMatch(/^Bearer /);
    expect(harness.services.profiles.asked[0]!.headers['x-medflow-internal']).toBeUndefined();
  });

  it.each([
    ['scheduling', { today: null, requests: null }],
    ['billing', {}],
    ['feedback', { latestFeedback: null }],
    ['profiles', { profile: null }],
  ] as const)('lacks the parts of %s when it breaks, and nothing else', async (name, lacking) => {
    harness.services[name].fails(failures['answers halves']!);
    const { status, body } = await harness.get('/doctors/me/dashboard', doctor);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...lacking, unavailable: [name] });
    const whole = { today: [appointment], latestFeedback: [review], profile: { verification: 'pending' } };
    expect(body).toMatchObject({ ...whole, ...lacking });
  });
});

describe('the patient’s dashboard', () => {
  it('has what comes next, what is to be paid and rated, the profile and what is unread', async () => {
    const { status, body } = await harness.get('/patients/me/dashboard', patient);
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
    harness.services[name].fails(failures['answers halves']!);
    const { status, body } = await harness.get('/patients/me/dashboard', patient);
    expect(status).toBe(200);
    const whole = { next: appointment, paymentsDue: [due], toRate: [visit], unread: 4 };
    expect(body).toMatchObject({ ...whole, ...lacking, unavailable: [name] });
  });

  it('says that nothing comes next where nothing does', async () => {
    const agenda = '/internal/appointments/patients/patient-1/agenda';
    harness.services.scheduling.knows(agenda, { next: null, paymentsDue: [] });
    const { body } = await harness.get('/patients/me/dashboard', patient);
    expect(body).toMatchObject({ next: null, paymentsDue: [], unavailable: [] });
    harness.fill();
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
      expect(await harness.get(path, other)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await harness.get(path)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    const forged = await harness.get(path, undefined, { authorization: 'Bearer not.a.token' });
    expect(forged).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    for (const name of names) expect(harness.services[name].asked).toEqual([]);
  });

  it.each(pages)('%s takes no other method, and is nowhere but under the base path', async (path, owner) => {
    const other = await harness.door.call('POST', `/api/v1${path}`, { as: owner, body: {} });
    expect(other.status).toBe(405);
    expect(other.headers.get('allow')).toBe('GET');
    // Beside the base path is the web client, whose router knows no such page.
    const page = await harness.door.call('GET', path, { as: owner, headers: { accept: 'application/json' } });
    expect(page.status).toBe(404);
  });

  it('are counted by the rate limits, with the reads of the same account', async () => {
    const reader: Identified = { id: 'patient-2', role: 'patient' };
    harness.services.scheduling.knows('/internal/appointments/patients/patient-2/agenda', {
      next: null,
      paymentsDue: [],
    });
    const left = async (path: string) => Number((await harness.get(path, reader)).headers.get('x-ratelimit-remaining'));
    const first = await left('/patients/me/dashboard');
    expect(first).toBe(1199);
    expect(await left('/patients/me')).toBe(1198);
    expect(await left('/patients/me/dashboard')).toBe(1197);
  });

  it('leave what operators look at where it was', async () => {
    expect((await harness.door.call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await harness.door.call('GET', '/metrics')).status).toBe(200);
  });
});
