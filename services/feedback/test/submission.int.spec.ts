import { appointmentAcceptedV1, appointmentCompletedV1 } from '@medflow/contracts';
import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { admin, ids, newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
let doctor: Identified;
let patient: Identified;
beforeAll(async () => {
  harness = await FeedbackHarness.start();
});
afterAll(() => harness.stop());
beforeEach(() => {
  [doctor, patient] = [newDoctor(), newPatient()];
});

const submit = (as: Identified, body: unknown, headers?: Record<string, string>) =>
  harness.call('POST', '/feedback', as, body, headers);
const edit = (as: Identified, id: string, body: unknown, headers?: Record<string, string>) =>
  harness.call('PUT', `/feedback/${id}`, as, body, headers);
const reviewsOf = (appointmentId: string) => harness.collection('reviews').countDocuments({ appointmentId });
const backdate = (id: string, hours: number) =>
  harness
    .collection('reviews')
    .updateOne({ _id: id }, { $set: { createdAt: new Date(Date.now() - hours * 3_600_000) } });

describe('rating a visit', () => {
  it('is for its patient once it is completed, and is told with the doctor’s new rating', async () => {
    await harness.published(doctor, 1, 'Karim');
    const appointmentId = await harness.visit(doctor, patient);
    const answer = await submit(patient, { appointmentId, stars: 4, comment: '  Très à l’écoute.\nMerci !  ' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toEqual({
      id: expect.any(String),
      appointmentId,
      stars: 4,
      comment: 'Très à l’écoute.\nMerci !',
      doctor: { id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi', photo: null },
      createdAt: expect.any(String),
      editableUntil: expect.any(String),
      version: 1,
    });
    const { id, createdAt, editableUntil } = answer.body;
    expect(Date.parse(editableUntil) - Date.parse(createdAt)).toBe(48 * 3_600_000);
    const data = { reviewId: id, appointmentId, patientId: patient.id, doctorId: doctor.id, stars: 4 };
    expect(await harness.about(id, 1)).toEqual([['review-submitted', 1, data]]);
    expect(await harness.about(doctor.id, 1)).toEqual([
      ['rating-summarised', 1, { doctorId: doctor.id, average: 4, count: 1, score: 3.9167 }],
    ]);
  });

  it('happens once: the second time is refused and changes nothing', async () => {
    const { appointmentId } = await harness.review(doctor, patient, { stars: 5 });
    const again = await submit(patient, { appointmentId, stars: 1 });
    expect([again.status, again.body.code]).toEqual([409, 'already-reviewed']);
    const { body } = await harness.call('GET', `/doctors/${doctor.id}/feedback`);
    expect([body.count, body.average]).toEqual([1, 5]);
  });

  it('happens once also among twenty at the same moment', async () => {
    const appointmentId = await harness.visit(doctor, patient);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => submit(patient, { appointmentId, stars: 1 + (n % 5) })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(19).fill(409)]);
    expect(await reviewsOf(appointmentId)).toBe(1);
    const given = answers.find(({ status }) => status === 201)!.body.stars;
    const { body } = await harness.call('GET', `/doctors/${doctor.id}/feedback`);
    expect([body.count, body.average]).toEqual([1, given]);
  });

  it('answers the same to the same Idempotency-Key, and refuses another body under it', async () => {
    const appointmentId = await harness.visit(doctor, patient);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const body = { appointmentId, stars: 3, comment: 'Bien' };
    const [first, second] = await Promise.all([submit(patient, body, key), submit(patient, body, key)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await submit(patient, { ...body, stars: 4 }, key)).body.code).toBe('idempotency-key-reused');
    expect(await reviewsOf(appointmentId)).toBe(1);
  });

  it('may be asked for while the word that the visit is completed is on its way', async () => {
    const data = harness.appointment(doctor, patient);
    const unheard = submit(patient, { appointmentId: data.appointmentId, stars: 5 });
    await harness.deliver(appointmentCompletedV1, data.appointmentId, data, { sequence: 3 });
    expect((await unheard).status).toBe(201);
    const next = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, next.appointmentId, next, { sequence: 2 });
    const accepted = submit(
      patient,
      { appointmentId: next.appointmentId, stars: 5 },
      { 'idempotency-key': crypto.randomUUID() },
    );
    await harness.deliver(appointmentCompletedV1, next.appointmentId, next, { sequence: 3 });
    expect((await accepted).status).toBe(201);
  });

  it('is refused before the visit is completed', async () => {
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data, { sequence: 2 });
    const { status, body } = await submit(patient, { appointmentId: data.appointmentId, stars: 5 });
    expect([status, body.code]).toEqual([409, 'not-completed']);
    expect(await reviewsOf(data.appointmentId)).toBe(0);
  });

  it('is refused of a visit that is somebody else’s or nobody’s, as if there were none', async () => {
    const appointmentId = await harness.visit(doctor, patient);
    const answers = await Promise.all([
      submit(newPatient(), { appointmentId, stars: 1 }),
      submit(patient, { appointmentId: 'no-such-visit', stars: 1 }),
    ]);
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'not-found']);
    expect(await reviewsOf(appointmentId)).toBe(0);
  });

  it('waits for nothing that the caller has not made: somebody else’s and nobody’s are told at once, and alike', async () => {
    const [foreign, unknown, own] = [
      await harness.visit(doctor, newPatient()),
      ids.next('somebody-else'),
      ids.next(patient.id),
    ];
    await submit(patient, { appointmentId: unknown, stars: 1 });
    const told = async (appointmentId: string) => {
      const operations: string[] = [];
      mongoose.set(
        'debug',
        (collection: string, operation: string) => void operations.push(`${collection}.${operation}`),
      );
      const at = performance.now();
      const { status, body } = await submit(patient, { appointmentId, stars: 1 });
      const isQuick = performance.now() - at < 700;
      mongoose.set('debug', false);
      return { status, isQuick, operations, problem: { ...body, requestId: '' } };
    };
    const answers = [await told(foreign), await told(unknown)];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 404, isQuick: true });
    // What is their own may still be completed.
    expect(await told(own)).toMatchObject({ status: 409, isQuick: false });
  });

  it.each([
    ['no stars', { stars: undefined }, 'stars', 'required'],
    ['stars null', { stars: null }, 'stars', 'required'],
    ['0 stars', { stars: 0 }, 'stars', 'too-small'],
    ['6 stars', { stars: 6 }, 'stars', 'too-large'],
    ['-1 stars', { stars: -1 }, 'stars', 'too-small'],
    ['4.5 stars', { stars: 4.5 }, 'stars', 'invalid'],
    ['"5" stars', { stars: '5' }, 'stars', 'invalid'],
    ['[5] stars', { stars: [5] }, 'stars', 'invalid'],
    ['true stars', { stars: true }, 'stars', 'invalid'],
    ['an operator for stars', { stars: { $gte: 1 } }, 'stars', 'invalid'],
    ['2,001 characters', { comment: 'a'.repeat(2001) }, 'comment', 'too-long'],
    ['a number for a comment', { comment: 5 }, 'comment', 'invalid'],
    ['an object for a comment', { comment: { $ne: '' } }, 'comment', 'invalid'],
    ['control characters', { comment: 'a\u0000b' }, 'comment', 'invalid'],
    ['no appointment', { appointmentId: undefined }, 'appointmentId', 'required'],
    ['an operator for an appointment', { appointmentId: { $ne: null } }, 'appointmentId', 'invalid'],
    ['another’s id', { patientId: 'patient-0' }, 'patientId', 'unknown-field'],
    ['a doctor of choice', { doctorId: 'doctor-0' }, 'doctorId', 'unknown-field'],
  ])('is refused with %s', async (_, change, field, code) => {
    const appointmentId = await harness.visit(doctor, patient);
    const { status, body } = await submit(patient, { appointmentId, stars: 5, comment: 'Bien', ...change });
    expect([status, body.code, body.errors[0].field, body.errors[0].code]).toEqual([
      422,
      'validation-failed',
      field,
      code,
    ]);
    expect(await reviewsOf(appointmentId)).toBe(0);
  });

  it('takes 2,000 characters with space around them, and no comment at all', async () => {
    expect((await harness.review(doctor, patient, { comment: ` ${'é'.repeat(2000)}\n` })).comment).toHaveLength(2000);
    for (const comment of [undefined, null, '', '  \n '])
      expect((await harness.review(doctor, newPatient(), { comment })).comment).toBeNull();
  });

  it('does not read a comment of 10 MB', async () => {
    const appointmentId = await harness.visit(doctor, patient);
    const { status } = await submit(patient, { appointmentId, stars: 5, comment: 'a'.repeat(10 * 1024 * 1024) }).catch(
      // The service may close the connection while the body still comes.
      () => ({ status: 413 }),
    );
    expect(status).toBe(413);
    expect(await reviewsOf(appointmentId)).toBe(0);
  });

  it('is for patients alone', async () => {
    const appointmentId = await harness.visit(doctor, patient);
    for (const role of [doctor, admin]) expect((await submit(role, { appointmentId, stars: 5 })).status).toBe(403);
    expect((await harness.call('POST', '/feedback', undefined, { appointmentId, stars: 5 })).status).toBe(401);
  });

  it('says in three languages what is wrong', async () => {
    const { appointmentId } = await harness.review(doctor, patient);
    const details = await Promise.all(
      ['fr', 'en', 'ar'].map(async (language) => {
        const { body } = await submit(patient, { appointmentId, stars: 5 }, { 'accept-language': language });
        return body.detail;
      }),
    );
    expect(details).toEqual([
      'Vous avez déjà donné votre avis sur cette consultation.',
      'You have reviewed this consultation already.',
      'لقد قيّمت هذه الاستشارة من قبل.',
    ]);
  });
});

describe('editing a review', () => {
  it('changes stars, comment and rating for 48 hours', async () => {
    const { id } = await harness.review(doctor, patient, { stars: 2, comment: 'Long' });
    const answer = await edit(patient, id, { stars: 4 });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(answer.body).toMatchObject({ id, stars: 4, comment: null, editedAt: expect.any(String), version: 2 });
    expect((await harness.about(id, 2)).map(([name, sequence]) => [name, sequence])).toEqual([
      ['review-submitted', 1],
      ['review-submitted', 2],
    ]);
    const [, [, , last]] = (await harness.about(doctor.id, 2)) as [unknown, [string, number, object]];
    expect(last).toEqual({ doctorId: doctor.id, average: 4, count: 1, score: 3.9167 });
  });

  it('tells of no rating when the stars are the same', async () => {
    const { id } = await harness.review(doctor, patient, { stars: 2 });
    await edit(patient, id, { stars: 2, comment: 'Autrement dit' });
    await harness.about(id, 2);
    expect(await harness.about(doctor.id, 1)).toHaveLength(1);
  });

  it('is refused afterwards', async () => {
    const { id } = await harness.review(doctor, patient, { stars: 2 });
    await backdate(id, 48.01);
    const { status, body } = await edit(patient, id, { stars: 5 });
    expect([status, body.code]).toEqual([409, 'too-late']);
    expect(body.until).toEqual(expect.any(String));
    expect((await harness.call('GET', `/doctors/${doctor.id}/feedback`)).body.average).toBe(2);
  });

  it('is for whoever wrote it, as if there were none for others', async () => {
    const { id } = await harness.review(doctor, patient);
    expect((await edit(newPatient(), id, { stars: 1 })).status).toBe(404);
    expect((await edit(patient, 'no-such-review', { stars: 1 })).status).toBe(404);
    for (const role of [doctor, admin]) expect((await edit(role, id, { stars: 1 })).status).toBe(403);
  });

  it('heeds If-Match and the rules of a new one', async () => {
    const { id } = await harness.review(doctor, patient);
    expect((await edit(patient, id, { stars: 4 }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await edit(patient, id, { stars: 4 }, { 'if-match': '"1"' })).status).toBe(200);
    for (const body of [{}, { stars: 6 }, { stars: 4, comment: 'a'.repeat(2001) }, { stars: 4, appointmentId: 'x' }])
      expect((await edit(patient, id, body)).status).toBe(422);
  });

  it('counts each of many edits at the same moment, so that the rating stays right', async () => {
    const { id } = await harness.review(doctor, patient, { stars: 1 });
    const answers = await Promise.all([2, 3, 4, 5, 2, 3].map((stars) => edit(patient, id, { stars })));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const [review] = (await harness.call('GET', '/patients/me/feedback', patient)).body.items;
    const { body } = await harness.call('GET', `/doctors/${doctor.id}/feedback`);
    expect([body.count, body.average, body.distribution[review.stars]]).toEqual([1, review.stars, 1]);
  });
});
