import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { internally, newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
beforeAll(async () => {
  harness = await FeedbackHarness.start();
});
afterAll(() => harness.stop());

const figures = (doctor: Identified, from: string, to: string) =>
  harness.call('GET', `/internal/figures/doctors/${doctor.id}?from=${from}&to=${to}`, undefined, undefined, internally);
const today = (timeZone = 'Africa/Tunis') => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());

describe('a doctor’s rating', () => {
  it('equals a recount after many reviews and edits at the same moment, from the very first one', async () => {
    const doctor = newDoctor();
    const patients = Array.from({ length: 24 }, newPatient);
    const visits = await Promise.all(patients.map((patient) => harness.visit(doctor, patient)));
    const rate = async (n: number) => {
      const body = { appointmentId: visits[n], stars: 1 + (n % 5) };
      // Half of them under a key, whose answer is kept in the same transaction.
      const key = n % 2 ? { 'idempotency-key': crypto.randomUUID() } : undefined;
      const review = await harness.call('POST', '/feedback', patients[n]!, body, key);
      expect(review.status).toBe(201);
      if (n % 3 === 0) {
        const edited = await harness.call('PUT', `/feedback/${review.body.id}`, patients[n]!, { stars: 1 + (n % 4) });
        expect(edited.status).toBe(200);
      }
    };
    await Promise.all(patients.map((_, n) => rate(n)));

    const reviews = await harness.collection('reviews').find({ doctorId: doctor.id }).toArray();
    const given = reviews.map(({ stars }) => stars as number);
    const sum = given.reduce((total, stars) => total + stars, 0);
    const { body } = await harness.call('GET', `/doctors/${doctor.id}/feedback`);
    expect(body).toMatchObject({
      count: 24,
      average: Math.round((sum / 24) * 100) / 100,
      distribution: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [n, given.filter((stars) => stars === n).length])),
    });
    const days = (await figures(doctor, '2000-01-01', '2999-12-31')).body.days as { count: number; stars: number }[];
    expect(days.reduce((total, { count, stars }) => [total[0]! + count, total[1]! + stars], [0, 0])).toEqual([24, sum]);
    // Each change was told, in an unbroken sequence, and the last one says what is true.
    const told = await harness.about(doctor.id, reviews.length);
    expect(told.map(([, sequence]) => sequence)).toEqual(told.map((_, index) => index + 1));
    expect(told.at(-1)![2]).toMatchObject({
      count: 24,
      average: body.average,
      score: Math.round(((5 * 3.9 + sum) / 29) * 10_000) / 10_000,
    });
  });

  it('is nothing of a doctor whom nobody has rated', async () => {
    const doctor = newDoctor();
    expect(await harness.call('GET', `/doctors/${doctor.id}/feedback`)).toMatchObject({
      status: 200,
      body: {
        items: [],
        average: null,
        count: 0,
        distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
        nextCursor: null,
      },
    });
    expect((await figures(doctor, '2026-01-01', '2026-12-31')).body).toEqual({ average: null, count: 0, days: [] });
  });
});

describe('a doctor’s figures', () => {
  it('count a review for the day that it was at the doctor’s, also when it is edited on another', async () => {
    const doctor = newDoctor();
    // One of the two is in another day than Tunis for all but an hour or so of a day.
    const timeZone = new Date().getUTCHours() < 11 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati';
    await harness.published(doctor, 1, 'Karim', timeZone);
    const patient = newPatient();
    const { id } = await harness.review(doctor, patient, { stars: 5 });
    const day = today(timeZone);
    expect(day).not.toBe(today());
    expect((await figures(doctor, day, day)).body).toEqual({
      average: 5,
      count: 1,
      days: [{ day, count: 1, stars: 5 }],
    });
    await harness.published(doctor, 2, 'Karim', 'Africa/Tunis');
    await harness.call('PUT', `/feedback/${id}`, patient, { stars: 3 });
    expect((await figures(doctor, day, day)).body.days).toEqual([{ day, count: 1, stars: 3 }]);
  });

  it('count a review for the day by the zone of the availability plan, whatever the profile says', async () => {
    const doctor = newDoctor();
    // More than a day apart: never the same day.
    const [ofProfile, ofPlan] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    await harness.published(doctor, 1, 'Karim', ofProfile);
    await harness.planned(doctor, 1, ofPlan);
    await harness.review(doctor, newPatient());
    expect((await figures(doctor, '2000-01-01', '2999-12-31')).body.days).toEqual([
      { day: today(ofPlan), count: 1, stars: 5 },
    ]);
    await harness.planned(doctor, 2, ofProfile);
    await harness.review(doctor, newPatient());
    expect((await figures(doctor, '2000-01-01', '2999-12-31')).body.days).toHaveLength(2);
  });

  it('are of the period, both ends included, and of nobody else', async () => {
    const doctor = newDoctor();
    const other = { id: `${doctor.id}1`, role: 'doctor' } as const;
    const rows = [
      [doctor, '2026-10-31', 1, 1],
      [doctor, '2026-11-01', 2, 9],
      [doctor, '2026-11-30', 1, 4],
      [doctor, '2026-12-01', 1, 1],
      [other, '2026-11-15', 1, 1],
    ] as const;
    await harness
      .collection('rated_days')
      .insertMany(
        rows.map(([{ id }, day, count, stars]) => ({ _id: `${id}|${day}`, doctorId: id, day, count, stars })),
      );
    expect((await figures(doctor, '2026-11-01', '2026-11-30')).body).toEqual({
      average: 4.33,
      count: 3,
      days: [
        { day: '2026-11-01', count: 2, stars: 9 },
        { day: '2026-11-30', count: 1, stars: 4 },
      ],
    });
  });

  it('are for other processes of ours, with a period that makes sense', async () => {
    const path = '/internal/figures/doctors/doctor-1';
    expect((await harness.call('GET', `${path}?from=2026-01-01&to=2026-01-31`, newDoctor())).status).toBe(401);
    for (const query of ['', '?from=2026-01-01', '?from=2026-02-30&to=2026-03-01', '?from=2026-02-01&to=2026-01-01'])
      expect((await harness.call('GET', path + query, undefined, undefined, internally)).status).toBe(422);
  });
});
