import { heldFacts } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { feedback } from '../src/index.js';
import { admin, internally, newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
beforeAll(async () => {
  harness = await FeedbackHarness.start();
});
afterAll(() => harness.stop());

const held = async (since?: Date) =>
  (await heldFacts(feedback, { mongoUri: harness.service.database.uri }, since)).map(
    ({ contract, subject, sequence, data }) => ({ type: contract.type, subject, sequence, data }),
  );

describe('what feedback tells again', () => {
  it('is the last word on each review, under the number that it was told with', async () => {
    const [doctor, patient] = [newDoctor(), newPatient()];
    const review = await harness.review(doctor, patient, { comment: 'Bien' });
    await harness.call('POST', `/feedback/${review.id}/reply`, doctor, { comment: 'Merci' });
    const [, told] = await harness.about(review.id, 2);
    // Changes the review, and nobody is told.
    await harness.call('POST', `/feedback/${review.id}/report`, doctor, { reason: 'Faux' });
    await harness.call('POST', `/admin/feedback/${review.id}/dismiss`, admin);

    const facts = (await held()).filter(({ subject }) => subject === review.id);
    expect(facts.map(({ type, sequence, data }) => [type.split('.')[1], sequence, data])).toEqual([told]);
    expect(told![0]).toBe('review-answered');
  });

  it('is how each doctor is rated', async () => {
    const doctor = newDoctor();
    for (const stars of [5, 3]) await harness.review(doctor, newPatient(), { stars });
    const told = (await harness.about(doctor.id, 2)).at(-1);
    const facts = (await held()).filter(({ subject }) => subject === doctor.id);
    expect(facts.map(({ type, sequence, data }) => [type.split('.')[1], sequence, data])).toEqual([told]);
  });

  it('leaves out what was told before the time that is asked for', async () => {
    const review = await harness.review(newDoctor(), newPatient());
    const reviewed = async (since: Date) => (await held(since)).some(({ subject }) => subject === review.id);
    expect(await reviewed(new Date(Date.now() - 60_000))).toBe(true);
    expect(await reviewed(new Date(Date.now() + 60_000))).toBe(false);
  });
});

describe('a completed visit that is told again', () => {
  const invited = async (id: string) => (await harness.collection('visits').findOne({ _id: id }))?.inviteAt;

  it('is to be rated, but its patient is not asked once the day for it has passed', async () => {
    const [doctor, patient] = [newDoctor(), newPatient()];
    const old = await harness.visit(
      doctor,
      patient,
      {},
      { time: new Date(Date.now() - 48 * 3_600_000), replayed: true },
    );
    const late = await harness.visit(doctor, patient, {}, { time: new Date(Date.now() - 48 * 3_600_000) });
    const fresh = await harness.visit(doctor, patient, {}, { time: new Date(Date.now() - 3_600_000), replayed: true });
    expect(await invited(old)).toBeUndefined();
    expect(await invited(late)).toBeInstanceOf(Date);
    expect(await invited(fresh)).toBeInstanceOf(Date);
    const { body } = await harness.call(
      'GET',
      `/internal/feedback/patients/${patient.id}/to-rate`,
      undefined,
      undefined,
      internally,
    );
    expect(body.items).toHaveLength(3);
  });
});
