import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, FeedbackHarness, newDoctor, newPatient } from './harness.js';

describe.each([
  [{ MEDFLOW_COUNTRY: 'TN' }, true],
  [{ MEDFLOW_COUNTRY: 'TN', MEDFLOW_PUBLIC_REVIEWS: 'on' }, false],
  [{}, false],
])('reviews where the settings are %j', (env, areWithheld) => {
  let harness: FeedbackHarness;
  beforeAll(async () => {
    harness = await FeedbackHarness.start(env as Record<string, string>);
  });
  afterAll(() => harness.stop());

  it(areWithheld ? 'are read by their doctor and administrators alone' : 'are read by everybody', async () => {
    const [doctor, patient] = [newDoctor(), newPatient()];
    const appointmentId = await harness.visit(doctor, patient);
    const body = { appointmentId, stars: 5, comment: 'Très à l’écoute' };
    const { body: review } = await harness.call('POST', '/feedback', patient, body);
    for (const reader of [undefined, newPatient(), newDoctor(), patient]) {
      const { status, body: list } = await harness.call('GET', `/doctors/${doctor.id}/feedback`, reader);
      expect(status).toBe(200);
      if (areWithheld)
        expect(list).toEqual({
          items: [],
          average: null,
          count: 0,
          distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
          nextCursor: null,
          withheld: 'reviews-for-the-doctor-alone',
        });
      else {
        expect(list).toMatchObject({ count: 1, average: 5, items: [{ comment: body.comment }] });
        expect(list).not.toHaveProperty('withheld');
      }
    }
    const own = await harness.call('GET', '/doctors/me/feedback', doctor);
    expect(own.body).toMatchObject({ count: 1, average: 5, items: [{ id: review.id, comment: body.comment }] });
    await harness.call('POST', `/feedback/${review.id}/report`, doctor, { reason: 'Propos déplacés' });
    const moderated = await harness.call('GET', '/admin/feedback', admin);
    expect(moderated.body.items.map(({ id }: { id: string }) => id)).toContain(review.id);
  });
});
