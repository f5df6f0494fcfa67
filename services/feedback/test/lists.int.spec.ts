import type { Answer, Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, internally, newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
let doctor: Identified;
let [amina, leila]: Identified[] = [];
/** Of the same doctor, oldest first: 1 star of yesterday's yesterday by Amina, up to 5 of today by Leïla. */
const reviews: { id: string; stars: number; appointmentId: string }[] = [];
const day = (ago: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Tunis' }).format(new Date(Date.now() - ago * 86_400_000));

beforeAll(async () => {
  harness = await FeedbackHarness.start();
  [doctor, amina, leila] = [newDoctor(), newPatient(), newPatient()];
  await harness.registered(amina, 'Amina', 'Ben Salah');
  await harness.registered(leila, 'Leïla', 'Gharbi');
  await harness.published(doctor, 1, 'Karim');
  for (const [index, stars] of [1, 3, 4, 5, 5].entries()) {
    const ago = Math.max(0, 2 - index);
    const review = await harness.review(doctor, index < 2 ? amina : leila, { stars, comment: `Avis ${index}` });
    reviews.push(review);
    const createdAt = new Date(Date.parse(review.createdAt) - ago * 86_400_000);
    await harness.collection('reviews').updateOne({ _id: review.id }, { $set: { createdAt, day: day(ago) } });
  }
});
afterAll(() => harness.stop());

const idsOf = ({ body }: Answer) => body.items.map(({ id }: { id: string }) => id);
const ids = (...indexes: number[]) => indexes.map((index) => reviews[index]!.id);
const list = (query = '', as = doctor) => harness.call('GET', `/doctors/me/feedback${query}`, as);

async function allPages(path: string, as?: Identified): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: Answer = await harness.call('GET', `${path}${cursor && `&cursor=${cursor}`}`, as);
    seen.push(...idsOf(answer));
    cursor = answer.body.nextCursor;
  }
  return seen;
}

describe('the doctor’s list', () => {
  it('names patients and dates, newest first, with what all reviews come to', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.items[0]).toEqual({
      id: reviews[4]!.id,
      appointmentId: reviews[4]!.appointmentId,
      stars: 5,
      comment: 'Avis 4',
      patient: { id: leila!.id, firstName: 'Leïla', lastName: 'Gharbi', photo: null },
      createdAt: expect.any(String),
      version: 1,
    });
    expect(idsOf({ body } as Answer)).toEqual(ids(4, 3, 2, 1, 0));
    const distribution = { 1: 1, 2: 0, 3: 1, 4: 1, 5: 2 };
    expect(body).toMatchObject({ average: 3.6, count: 5, distribution, nextCursor: null });
  });

  it.each([
    ['stars=5', [4, 3]],
    ['stars=1,4', [2, 0]],
    ['stars=1&stars=3', [1, 0]],
    [`from=${day(1)}`, [4, 3, 2, 1]],
    [`to=${day(1)}`, [1, 0]],
    [`from=${day(1)}&to=${day(1)}`, [1]],
    ['patientId=AMINA', [1, 0]],
    ['patientId=AMINA&stars=3', [1]],
    ['patientId=nobody', []],
  ])('?%s', async (query, expected) => {
    const answer = await list(`?${query.replace('AMINA', amina!.id)}`);
    expect(idsOf(answer)).toEqual(ids(...expected));
    expect(answer.body.count).toBe(5);
  });

  it('comes page by page, each review once', async () => {
    expect(await allPages('/doctors/me/feedback?limit=2', doctor)).toEqual(ids(4, 3, 2, 1, 0));
    expect(await allPages('/doctors/me/feedback?limit=1&stars=5,3', doctor)).toEqual(ids(4, 3, 1));
  });

  it.each([
    'stars=0',
    'stars=6',
    'stars=4.5',
    'stars=five',
    'from=yesterday',
    'from=2026-02-30',
    'from=2026-11-30T08:00:00Z',
    'from=2026-12-02&to=2026-12-01',
    'limit=0',
    'limit=101',
    'cursor=x',
    `cursor=${btoa('["soon","a"]')}`,
    'patientId[$ne]=x',
    'comment=x',
  ])('refuses ?%s', async (query) => {
    expect((await list(`?${query}`)).status).toBe(422);
  });

  it('is the doctor’s own', async () => {
    expect((await list('', newDoctor())).body).toMatchObject({ items: [], average: null, count: 0 });
    for (const role of [amina!, admin]) expect((await list('', role)).status).toBe(403);
    expect((await harness.call('GET', '/doctors/me/feedback')).status).toBe(401);
  });
});

describe('the public page', () => {
  it('tells neither who wrote a review nor of which appointment', async () => {
    const answer = await harness.call('GET', `/doctors/${doctor.id}/feedback`);
    expect(idsOf(answer)).toEqual(ids(4, 3, 2, 1, 0));
    expect(Object.keys(answer.body.items[0]).sort()).toEqual(['comment', 'createdAt', 'id', 'stars']);
    const text = JSON.stringify(answer.body);
    for (const secret of ['Amina', 'Leïla', amina!.id, leila!.id, ...reviews.map((review) => review.appointmentId)])
      expect(text).not.toContain(secret);
    expect(await allPages(`/doctors/${doctor.id}/feedback?limit=2`)).toEqual(ids(4, 3, 2, 1, 0));
  });
});

describe('the patient’s own reviews', () => {
  it('are theirs alone, and can be asked for by appointment', async () => {
    const own = await harness.call('GET', '/patients/me/feedback', amina);
    expect(idsOf(own)).toEqual(ids(1, 0));
    expect(own.body.items[0].doctor).toEqual({ id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi', photo: null });
    const of = (review: number, as: Identified) =>
      harness.call('GET', `/patients/me/feedback?appointmentId=${reviews[review]!.appointmentId}`, as);
    expect(idsOf(await of(0, amina!))).toEqual(ids(0));
    expect(idsOf(await of(0, leila!))).toEqual([]);
    expect(await allPages('/patients/me/feedback?limit=1', leila)).toEqual(ids(4, 3, 2));
    expect((await harness.call('GET', '/patients/me/feedback', doctor)).status).toBe(403);
  });
});

describe('visits to rate', () => {
  const toRate = (patient: Identified, limit = '') =>
    harness.call('GET', `/internal/feedback/patients/${patient.id}/to-rate${limit}`, undefined, undefined, internally);

  it('are those completed and unrated, newest first, as many as asked for', async () => {
    const patient = newPatient();
    const visits: string[] = [];
    for (const startsAt of ['2026-11-10T08:00:00.000Z', '2026-11-12T08:00:00.000Z', '2026-11-11T08:00:00.000Z'])
      visits.push(await harness.visit(doctor, patient, { startsAt }));
    const named = { id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi', photo: null };
    expect((await toRate(patient, '?limit=2')).body).toEqual({
      items: [
        { appointmentId: visits[1], doctor: named, startsAt: '2026-11-12T08:00:00.000Z' },
        { appointmentId: visits[2], doctor: named, startsAt: '2026-11-11T08:00:00.000Z' },
      ],
    });
    await harness.call('POST', '/feedback', patient, { appointmentId: visits[1], stars: 5 });
    const { body } = await toRate(patient);
    expect(body.items.map(({ appointmentId }: { appointmentId: string }) => appointmentId)).toEqual([
      visits[2],
      visits[0],
    ]);
    expect((await toRate(newPatient())).body).toEqual({ items: [] });
  });

  it('are for other processes of ours', async () => {
    const path = `/internal/feedback/patients/${amina!.id}/to-rate`;
    expect((await harness.call('GET', path, amina)).status).toBe(401);
    expect((await toRate(amina!, '?limit=0')).status).toBe(422);
  });
});

describe('the latest reviews of a doctor', () => {
  it('are the newest first, however long ago they were written', async () => {
    const old = newDoctor();
    const written: string[] = [];
    for (const ago of [3, 20, 200, 2_000]) {
      const { id } = await harness.review(old, leila!, { stars: 4, comment: `Il y a ${ago} jours` });
      const createdAt = new Date(Date.now() - ago * 86_400_000);
      await harness.collection('reviews').updateOne({ _id: id }, { $set: { createdAt, day: day(ago) } });
      written.push(id);
    }
    for (const limit of [1, 2, 3, 4, 5]) {
      const path = `/internal/feedback/doctors/${old.id}/latest?limit=${limit}`;
      const answer = await harness.call('GET', path, undefined, undefined, internally);
      expect(idsOf(answer)).toEqual(written.slice(0, limit));
      expect(answer.body.items[0]).toMatchObject({ comment: 'Il y a 3 jours', patient: { firstName: 'Leïla' } });
    }
  });

  it('are for other processes of ours', async () => {
    expect((await harness.call('GET', `/internal/feedback/doctors/${doctor.id}/latest`, doctor)).status).toBe(401);
  });
});
