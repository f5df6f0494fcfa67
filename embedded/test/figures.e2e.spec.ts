import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Api, everyDay, type Person } from './api.js';
import { System } from './system.js';

let system: System;
let api: Api;
beforeAll(async () => {
  system = await System.start('embedded');
  api = system.api;
}, 120_000);
afterAll(() => system?.discard(), 60_000);

const soon = { timeoutMs: 15_000, everyMs: 50 };
const money = (amount: number) => ({ amount, currency: 'TND' });

describe('from booking to figures', () => {
  const pageOf = ({ token }: Person, path: string) => api.expect(200, 'GET', path, { token });

  it('shows both sides where they stand at every step, and the doctor what it came to', async () => {
    // A visit may be completed from 15 minutes before its start: one of the next ten minutes at the latest is free.
    const doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } });
    const patient = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    const ofPatient = () => pageOf(patient, '/patients/me/dashboard');
    const ofDoctor = () => pageOf(doctor, '/doctors/me/dashboard');
    expect(await ofPatient()).toMatchObject({ next: null, paymentsDue: [], toRate: [], unread: 0, unavailable: [] });
    expect(await ofDoctor()).toMatchObject({
      today: [],
      requests: { count: 0, items: [] },
      statistics: { consultations: 0, income: money(0), rating: { average: null, count: 0 } },
      latestFeedback: [],
      profile: { missing: [], verification: 'verified' },
      unavailable: [],
    });

    const [slot] = await api.slots(doctor.id);
    const { id } = (await api.book(patient, slot!.id)).body;
    expect((await ofDoctor()).requests).toMatchObject({ count: 1, items: [{ id, status: 'requested' }] });
    expect(await ofPatient()).toMatchObject({ next: { id, status: 'requested' }, paymentsDue: [] });

    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    const due = { appointmentId: id, amount: money(60_000), doctor: { id: doctor.id }, status: 'due' };
    expect((await ofPatient()).paymentsDue).toEqual([expect.objectContaining({ ...due, doctor: expect.anything() })]);

    const body = { appointmentId: id, paymentMethodId: 'pm_card_visa' };
    await api.expect(201, 'POST', '/payments', { token: patient.token, body });
    await eventually(async () => (await ofPatient()).paymentsDue.length === 0, soon);
    await api.expect(200, 'POST', `/appointments/${id}/complete`, { token: doctor.token });
    await eventually(async () => (await ofPatient()).toRate.length === 1, soon);
    expect(await ofPatient()).toMatchObject({ next: null, toRate: [{ appointmentId: id }] });
    await api.expect(201, 'POST', '/feedback', { token: patient.token, body: { appointmentId: id, stars: 4 } });

    // The visit may be tomorrow's already.
    const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const period = `from=${day(-20)}&to=${day(2)}&bucket=month`;
    const { series, ...whole } = await eventually(async () => {
      const figures = await pageOf(doctor, `/doctors/me/statistics?${period}`);
      return figures.income?.amount === 60_000 && figures.rating?.count === 1 ? figures : undefined;
    }, soon);
    expect(whole).toMatchObject({ consultations: 1, noShows: 0, cancelled: 0, refunds: money(0), unavailable: [] });
    expect(whole.rating).toEqual({ average: 4, count: 1 });
    const sum = (of: (point: (typeof series)[0]) => number) =>
      series.reduce((total: number, point: (typeof series)[0]) => total + of(point), 0);
    expect(sum(({ consultations }) => consultations)).toBe(1);
    expect(sum(({ income }) => income.amount)).toBe(60_000);
    const page = await ofDoctor();
    expect(page).toMatchObject({ requests: { count: 0 }, latestFeedback: [{ appointmentId: id, stars: 4 }] });
    expect(page.statistics.series).toHaveLength(30);
    expect((await ofPatient()).toRate).toEqual([]);
  }, 60_000);

  it('counts visit, payment and rating by the days of the plan, also for a doctor whose profile is in another zone', async () => {
    // More than a day apart: never the same day.
    const [ofProfile, timeZone] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    const doctor = await api.publishDoctor({
      weekly: everyDay('00:00', '24:00', 10),
      profile: { timeZone: ofProfile },
      plan: { minNoticeMinutes: 0, timeZone },
    });
    const patient = await api.register('patient');
    const began = Date.now();
    const [slot] = await api.slots(doctor.id);
    const { id } = (await api.book(patient, slot!.id)).body;
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    await api.expect(201, 'POST', '/payments', {
      token: patient.token,
      body: { appointmentId: id, paymentMethodId: 'pm_card_visa' },
    });
    await api.expect(200, 'POST', `/appointments/${id}/complete`, { token: doctor.token });
    const rate = { token: patient.token, body: { appointmentId: id, stars: 4 } };
    await eventually(async () => (await api.call('POST', '/feedback', rate)).status === 201, soon);

    const dayOf = (at: string | number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at));
    const period = `from=${dayOf(began - 3 * 86_400_000)}&to=${dayOf(began + 3 * 86_400_000)}&bucket=day`;
    const { series } = await eventually(async () => {
      const figures = await pageOf(doctor, `/doctors/me/statistics?${period}`);
      return figures.income?.amount === 60_000 && figures.rating?.count === 1 ? figures : undefined;
    }, soon);
    const daysWith = (has: (point: (typeof series)[0]) => boolean) =>
      series.filter(has).map(({ from }: { from: string }) => from);
    expect(daysWith(({ consultations }) => consultations > 0)).toEqual([dayOf(slot!.startsAt)]);
    // Midnight may have been meanwhile.
    const today = [dayOf(began), dayOf(Date.now())];
    for (const days of [daysWith(({ income }) => income.amount > 0), daysWith(({ rating }) => rating.count > 0)]) {
      expect(days).toHaveLength(1);
      expect(today).toContain(days[0]);
    }
  }, 60_000);
});
