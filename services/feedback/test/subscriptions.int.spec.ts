import {
  appointmentAcceptedV1,
  appointmentCompletedV1,
  appointmentRequestedV1,
  patientProfileUpdatedV1,
  topology,
} from '@medflow/contracts';
import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDoctor, newPatient, FeedbackHarness } from './harness.js';

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

const visitOf = (appointmentId: string) => harness.collection('visits').findOne({ _id: appointmentId });

describe('what scheduling tells', () => {
  it('is listened to only of what may be rated', async () => {
    expect(topology['feedback.appointments']).toEqual([appointmentCompletedV1.type]);
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data, { sequence: 2 });
    expect(await visitOf(data.appointmentId)).toBeNull();
    await harness.deliver(appointmentCompletedV1, data.appointmentId, data, { sequence: 3 });
    expect(await visitOf(data.appointmentId)).toMatchObject({ status: 'completed', sequence: 3 });
  });

  it('may come in any order and more than once: the last word stands', async () => {
    const data = harness.appointment(doctor, patient);
    const completedAt = new Date('2026-11-20T08:31:00Z');
    const at = { sequence: 3, time: completedAt };
    const id = await harness.deliver(appointmentCompletedV1, data.appointmentId, data, at);
    await harness.deliver(appointmentRequestedV1, data.appointmentId, data, { sequence: 1 });
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data, { sequence: 2 });
    await Promise.all(
      [1, 2, 3].map(() => harness.deliver(appointmentCompletedV1, data.appointmentId, data, { ...at, id })),
    );
    const visit = { status: 'completed', sequence: 3, toRate: true, inviteAt: new Date('2026-11-21T08:31:00Z') };
    expect(await visitOf(data.appointmentId)).toMatchObject(visit);
  });

  it('again after the visit was rated, and after the inbox forgot it, asks for no second review', async () => {
    const review = await harness.review(doctor, patient);
    const data = harness.appointment(doctor, patient, { appointmentId: review.appointmentId });
    await harness.collection('inbox').deleteMany({});
    await harness.deliver(appointmentCompletedV1, data.appointmentId, data, { sequence: 3 });
    const visit = await visitOf(data.appointmentId);
    expect([visit!.toRate, visit!.inviteAt, visit!.reviewId]).toEqual([undefined, undefined, review.id]);
    const answer = await harness.call('POST', '/feedback', patient, { appointmentId: data.appointmentId, stars: 1 });
    expect(answer.body.code).toBe('already-reviewed');
  });

  it('is not held up by poisoned messages', async () => {
    const broken = { ...harness.appointment(doctor, patient), startsAt: 'tomorrow' };
    const foreign = { ...harness.appointment(doctor, patient), mode: 'telepathy' as never };
    const data = harness.appointment(doctor, patient);
    const [first, second] = await Promise.all([
      harness.deliver(appointmentCompletedV1, broken.appointmentId, broken),
      harness.deliver(appointmentCompletedV1, foreign.appointmentId, foreign),
      harness.deliver(appointmentCompletedV1, data.appointmentId, data, { sequence: 3 }),
    ]);
    expect((await visitOf(data.appointmentId))?.status).toBe('completed');
    expect(await visitOf(broken.appointmentId)).toBeNull();
    const parked = await harness.bus.deadLetters.list('feedback.appointments');
    expect(parked.map(({ id }) => id)).toEqual(expect.arrayContaining([first, second]));
  });
});

describe('what is told of people', () => {
  const nameOf = async () =>
    (await harness.call('GET', '/doctors/me/feedback', doctor)).body.items[0].patient.firstName;
  const updated = (sequence: number, firstName: string) =>
    harness.deliver(
      patientProfileUpdatedV1,
      patient.id,
      { patientId: patient.id, firstName, lastName: 'Gharbi', preferredLanguage: 'fr', timeZone: 'Africa/Tunis' },
      { sequence },
    );

  it('may follow the review, in any order: the newest profile wins over the sign-up', async () => {
    await harness.review(doctor, patient);
    expect(await nameOf()).toBe('');
    await updated(2, '$Leïla');
    await updated(1, 'Layla');
    await harness.registered(patient, 'L.', 'G.');
    expect(await nameOf()).toBe('$Leïla');
    await updated(3, 'Leïla');
    expect(await nameOf()).toBe('Leïla');
  });
});
