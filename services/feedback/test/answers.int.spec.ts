import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
let doctor: Identified;
let patient: Identified;
let id: string;
beforeAll(async () => {
  harness = await FeedbackHarness.start();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  [doctor, patient] = [newDoctor(), newPatient()];
  ({ id } = await harness.review(doctor, patient, { stars: 2, comment: 'Escroc !' }));
});

const reply = (as: Identified, comment: unknown, headers?: Record<string, string>) =>
  harness.call('POST', `/feedback/${id}/reply`, as, { comment }, headers);
const report = (as: Identified, reason: unknown = 'Propos injurieux') =>
  harness.call('POST', `/feedback/${id}/report`, as, { reason });
const hide = (as = admin, reason: unknown = 'Injures') =>
  harness.call('POST', `/admin/feedback/${id}/hide`, as, { reason });
const dismiss = (as = admin) => harness.call('POST', `/admin/feedback/${id}/dismiss`, as);
const published = async () => (await harness.call('GET', `/doctors/${doctor.id}/feedback`)).body;
const own = async () => (await harness.call('GET', '/patients/me/feedback', patient)).body.items[0];
const atDoctors = async () => (await harness.call('GET', '/doctors/me/feedback', doctor)).body.items[0];
const queue = async (state: string) => {
  const { body } = await harness.call('GET', `/admin/feedback?state=${state}&limit=100`, admin);
  return body.items.find((item: { id: string }) => item.id === id);
};

describe('the doctor’s answer', () => {
  it('is seen by everybody and told once', async () => {
    const { status, body } = await reply(doctor, '  Merci de votre avis. ');
    expect(status).toBe(201);
    const answer = { comment: 'Merci de votre avis.', createdAt: expect.any(String) };
    expect(body.reply).toEqual(answer);
    expect((await published()).items[0].reply).toEqual(answer);
    expect((await own()).reply).toEqual(answer);
    expect((await harness.about(id, 2)).map(([name, sequence]) => [name, sequence])).toEqual([
      ['review-submitted', 1],
      ['review-answered', 2],
    ]);
  });

  it('is given once, also among five at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => reply(doctor, `Réponse ${n}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('already-answered');
    expect((await own()).reply.comment).toBe(answers.find(({ status }) => status === 201)!.body.reply.comment);
  });

  it('is the same under the same Idempotency-Key', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const [first, again] = [await reply(doctor, 'Merci', key), await reply(doctor, 'Merci', key)];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  });

  it('is for the doctor of the review', async () => {
    expect((await reply(newDoctor(), 'Merci')).status).toBe(404);
    for (const role of [patient, admin]) expect((await reply(role, 'Merci')).status).toBe(403);
    expect((await own()).reply).toBeUndefined();
  });

  it.each([undefined, null, '', '   ', 5, 'a'.repeat(2001), { $ne: 1 }])('is refused as %j', async (comment) => {
    const { status, body } = await reply(doctor, comment);
    expect([status, body.errors[0].field]).toEqual([422, 'comment']);
  });
});

describe('a report', () => {
  it('is the doctor’s, comes to the administrators with both names, and takes nothing off the page', async () => {
    await harness.registered(patient, 'Amina', 'Ben Salah');
    expect((await report(newDoctor())).status).toBe(404);
    expect((await report(patient)).status).toBe(403);
    const { status, body } = await report(doctor);
    expect([status, body.reported]).toEqual([
      200,
      { reason: 'Propos injurieux', createdAt: expect.any(String), open: true },
    ]);
    expect(await queue('reported')).toMatchObject({
      stars: 2,
      comment: 'Escroc !',
      reported: { reason: 'Propos injurieux', open: true },
      doctor: { id: doctor.id },
      patient: { id: patient.id, firstName: 'Amina' },
    });
    expect((await published()).items[0].comment).toBe('Escroc !');
    // Who reported it, and why, is no news for the patient.
    expect(JSON.stringify(await own())).not.toContain('injurieux');
    expect((await report(doctor)).body.code).toBe('already-reported');
  });

  it('waits its turn: the oldest first, page by page', async () => {
    await report(doctor);
    const first = id;
    ({ id } = await harness.review(doctor, newPatient(), { comment: 'Charlatan' }));
    await report(doctor);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/admin/feedback?state=reported&limit=1${cursor && `&cursor=${cursor}`}`;
      const { body } = await harness.call('GET', path, admin);
      seen.push(body.items[0].id);
      cursor = body.nextCursor;
    }
    expect(seen.filter((each) => each === first || each === id)).toEqual([first, id]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('that is dismissed leaves the list and cannot be repeated', async () => {
    await report(doctor);
    expect((await dismiss()).status).toBe(200);
    expect(await queue('reported')).toBeUndefined();
    expect((await report(doctor)).status).toBe(409);
    expect((await dismiss()).body.code).toBe('not-reported');
    expect((await published()).items[0].comment).toBe('Escroc !');
  });
});

describe('hiding a comment', () => {
  it('takes it and its answer off the public page, while the stars count and both sides read why', async () => {
    await reply(doctor, 'Escroc vous-même !');
    await report(doctor);
    const { status, body } = await hide();
    expect([status, body.hidden, body.reported.open]).toEqual([200, { reason: 'Injures' }, false]);
    const page = await published();
    expect(page.items).toEqual([{ id, stars: 2, comment: null, createdAt: expect.any(String) }]);
    expect([page.count, page.average]).toEqual([1, 2]);
    expect(await own()).toMatchObject({ comment: 'Escroc !', hidden: { reason: 'Injures' } });
    expect(await atDoctors()).toMatchObject({ comment: 'Escroc !', hidden: { reason: 'Injures' } });
    expect(await queue('reported')).toBeUndefined();
    expect(await queue('hidden')).toMatchObject({ hidden: { reason: 'Injures' } });
    expect((await harness.about(id, 3)).at(-1)!.slice(0, 2)).toEqual(['review-hidden', 4]);
    expect((await hide()).body.code).toBe('already-hidden');
  });

  it('outlives an edit, and is taken back by an administrator alone', async () => {
    await hide();
    await harness.call('PUT', `/feedback/${id}`, patient, { stars: 1, comment: 'Encore pire' });
    expect((await published()).items[0]).toMatchObject({ stars: 1, comment: null });
    expect((await dismiss()).body.hidden).toBeUndefined();
    expect((await published()).items[0].comment).toBe('Encore pire');
    expect(await queue('hidden')).toBeUndefined();
  });

  it('is for administrators', async () => {
    await report(doctor);
    for (const role of [doctor, patient]) {
      expect((await hide(role)).status).toBe(403);
      expect((await dismiss(role)).status).toBe(403);
      expect((await harness.call('GET', '/admin/feedback', role)).status).toBe(403);
    }
    expect((await harness.call('GET', '/admin/feedback')).status).toBe(401);
    expect((await published()).items[0].comment).toBe('Escroc !');
  });

  it.each([null, '', ' ', 7, 'a'.repeat(1001)])('wants a reason, not %j', async (reason) => {
    expect((await hide(admin, reason)).status).toBe(422);
    expect((await report(doctor, reason)).status).toBe(422);
  });

  it('finds no review that is not there, and no such list', async () => {
    expect((await harness.call('POST', '/admin/feedback/none/hide', admin, { reason: 'x' })).status).toBe(404);
    expect((await harness.call('POST', '/admin/feedback/none/dismiss', admin)).status).toBe(404);
    for (const query of ['state=shown', 'state=', 'limit=0', 'cursor=x'])
      expect((await harness.call('GET', `/admin/feedback?${query}`, admin)).status).toBe(422);
  });
});
