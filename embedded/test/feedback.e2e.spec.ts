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
afterAll(() => system?.stop(), 30_000);

const soon = { timeoutMs: 15_000, everyMs: 50 };
const newsOf = async ({ token }: Person): Promise<string[]> =>
  (await api.expect(200, 'GET', '/notifications', { token })).items.map(({ type }: { type: string }) => type);

describe('from visit to rating', () => {
  it('is rated once the visit took place, read by the doctor, answered, and counted in the directory', async () => {
    // A visit may be completed from 15 minutes before its start: one of the next ten minutes at the latest is free.
    const doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } });
    const patient = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    const booked = await api.book(patient, (await api.slots(doctor.id))[0]!.id);
    const { id: appointmentId } = booked.body;
    const rate = (stars: unknown) =>
      api.call('POST', '/feedback', { token: patient.token, body: { appointmentId, stars, comment: 'À l’écoute' } });

    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
    expect((await rate(5)).body.code).toBe('not-completed');
    await api.expect(200, 'POST', `/appointments/${appointmentId}/complete`, { token: doctor.token });
    expect((await rate('5')).status).toBe(422);
    const { status, body: review } = await rate(5);
    expect(status).toBe(201);
    expect((await rate(4)).body.code).toBe('already-reviewed');

    const { items } = await api.expect(200, 'GET', '/doctors/me/feedback', { token: doctor.token });
    expect(items).toEqual([
      expect.objectContaining({
        id: review.id,
        patient: expect.objectContaining({ id: patient.id, firstName: 'Amina', lastName: 'Gharbi' }),
      }),
    ]);
    await eventually(async () => (await newsOf(doctor)).includes('review-submitted'), soon);
    await eventually(async () => {
      const { rating } = await api.expect(200, 'GET', `/doctors/${doctor.id}`);
      return rating.count === 1 && rating.average === 5;
    }, soon);
    const [first] = (await api.expect(200, 'GET', '/doctors?sort=rating&limit=1')).items;
    expect([first.id, first.rating]).toEqual([doctor.id, { average: 5, count: 1 }]);

    await api.expect(201, 'POST', `/feedback/${review.id}/reply`, { token: doctor.token, body: { comment: 'Merci' } });
    await eventually(async () => (await newsOf(patient)).includes('review-answered'), soon);
    const page = await api.expect(200, 'GET', `/doctors/${doctor.id}/feedback`);
    expect(page.items[0]).toMatchObject({ stars: 5, comment: 'À l’écoute', reply: { comment: 'Merci' } });
    expect(JSON.stringify(page)).not.toMatch(/Amina|Gharbi/);
    const [letter] = await eventually(async () => {
      const letters = (await api.letters(doctor.email)).filter(({ subject }) => subject === 'Nouvel avis');
      return letters.length > 0 ? letters : undefined;
    }, soon);
    expect(letter!.text).not.toContain('écoute');
  }, 60_000);
});
