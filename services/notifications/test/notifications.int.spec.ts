import {
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentRejectedV1,
  appointmentRequestedV1,
  reviewAnsweredV1,
  type ReviewData,
  reviewHiddenV1,
  reviewInvitedV1,
  reviewSubmittedV1,
} from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

let harness: NotificationsHarness;
let doctor: Identified;
let patient: Identified;
beforeAll(async () => {
  harness = await NotificationsHarness.start();
});
afterAll(() => harness.stop());
beforeEach(() => {
  [doctor, patient] = [newDoctor(), newPatient()];
});

const typesOf = async (as: Identified) => (await harness.listOf(as)).items.map(({ type }: { type: string }) => type);
const lettersOf = ({ id }: Identified) =>
  harness.collection('mail_queue').countDocuments({ 'notification.accountId': id });
const liveOf = ({ id }: Identified) => harness.live.filter(({ data }) => data.accountId === id);

describe('news of an appointment', () => {
  it('makes one notification, one letter and one live event for each side', async () => {
    // Letters wait for identity, so that they can be counted.
    harness.contacts.down = true;
    await harness.registered(patient, { firstName: 'Leïla', locale: 'en' });
    await harness.doctorPublished(doctor, 1, 'Karim');
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentRequestedV1, data.appointmentId, data);
    expect(await harness.listOf(patient)).toEqual({
      items: [
        {
          id: expect.any(String),
          type: 'appointment-requested',
          title: 'Request sent',
          body: 'Your request for an appointment with Dr Karim Trabelsi on Monday, 30 November 2026, 09:00 CET was sent. You will be told of the answer.',
          data: { appointmentId: data.appointmentId },
          createdAt: expect.any(String),
          readAt: null,
        },
      ],
      nextCursor: null,
      unread: 1,
    });
    const { items } = await harness.listOf(doctor);
    expect(items).toEqual([expect.objectContaining({ title: 'Nouvelle demande de rendez-vous', readAt: null })]);
    await eventually(() => liveOf(doctor).length === 1 && liveOf(patient).length === 1);
    const { id, type, title, body, createdAt } = items[0];
    const { appointmentId } = data;
    expect(liveOf(doctor)[0]!.data).toEqual({
      notificationId: id,
      accountId: doctor.id,
      kind: type,
      title,
      body,
      appointmentId,
      createdAt,
    });
    expect(liveOf(patient)[0]!.data).toMatchObject({ title: 'Request sent' });
    expect([await lettersOf(doctor), await lettersOf(patient)]).toEqual([1, 1]);
    harness.contacts.down = false;
  });

  it('has one effect when it is delivered again, at the same time or after the inbox forgot it', async () => {
    harness.contacts.down = true;
    const data = harness.appointment(doctor, patient);
    const again = (id?: string) => harness.deliver(appointmentAcceptedV1, data.appointmentId, data, id ? { id } : {});
    const id = await again();
    await Promise.all([again(id), again(id), again(id)]);
    await harness.collection('inbox').deleteOne({ _id: `notifications.appointments|${id}` });
    await again(id);
    for (const side of [doctor, patient]) {
      expect(await typesOf(side)).toEqual(['appointment-accepted']);
      expect(await lettersOf(side)).toBe(1);
      expect(liveOf(side)).toHaveLength(1);
    }
    harness.contacts.down = false;
  });

  it('tells the patient alone of a refusal, with the reason in the list and nowhere else', async () => {
    harness.contacts.down = true;
    const reason = 'Je ne suis plus les grossesses';
    const data = { ...harness.appointment(doctor, patient), by: 'doctor' as const, reason };
    await harness.deliver(appointmentRejectedV1, data.appointmentId, data);
    expect((await harness.listOf(patient)).items).toEqual([
      expect.objectContaining({ type: 'appointment-rejected', data: { appointmentId: data.appointmentId, reason } }),
    ]);
    expect(await typesOf(doctor)).toEqual([]);
    await eventually(() => liveOf(patient).length === 1);
    const queued = await harness.collection('mail_queue').findOne({ 'notification.accountId': patient.id });
    expect(queued).not.toBeNull();
    expect(JSON.stringify([queued, liveOf(patient)])).not.toContain('grossesses');
    harness.contacts.down = false;
  });

  it('confirms a cancellation to whoever cancelled and tells the other side why', async () => {
    const data = { ...harness.appointment(doctor, patient), by: 'patient' as const, reason: 'Empêchée' };
    await harness.deliver(appointmentCancelledV1, data.appointmentId, data);
    const [[own], [others]] = [(await harness.listOf(patient)).items, (await harness.listOf(doctor)).items];
    expect(own.body).toMatch(/^Vous avez annulé votre rendez-vous avec votre médecin du lundi 30 novembre/);
    expect(own.data).toEqual({ appointmentId: data.appointmentId });
    expect(others.body).toMatch(/^Un patient a annulé le rendez-vous/);
    expect(others.data.reason).toBe('Empêchée');
  });

  it('is not held up by a poisoned message or by one that always fails', async () => {
    const broken = { ...harness.appointment(doctor, patient), startsAt: 'tomorrow' };
    const data = harness.appointment(doctor, patient);
    const failing = crypto.randomUUID();
    await harness.collection('notifications').insertOne({ _id: `000001-${failing}.d`, accountId: 'somebody' });
    const [poisonous] = await Promise.all([
      harness.deliver(appointmentRequestedV1, broken.appointmentId, broken),
      harness.deliver(appointmentRequestedV1, data.appointmentId, data, { id: failing }),
      harness.deliver(appointmentAcceptedV1, crypto.randomUUID(), data),
    ]);
    // It is parked after its last attempt, and the others did not wait for that.
    await eventually(async () => {
      const parked = (await harness.bus.deadLetters.list('notifications.appointments')).map(({ id }) => id);
      return [poisonous, failing].every((id) => parked.includes(id));
    });
    expect(await typesOf(doctor)).toEqual(['appointment-accepted']);
    // The one that failed left nothing behind, not even the half that could be written.
    expect(await typesOf(patient)).toEqual(['appointment-accepted']);
  });
});

describe('news of a review', () => {
  const review = (): ReviewData => ({
    reviewId: crypto.randomUUID(),
    appointmentId: crypto.randomUUID(),
    patientId: patient.id,
    doctorId: doctor.id,
    stars: 1,
  });

  it('comes to the doctor by bell and mail the first time, not when it is edited', async () => {
    harness.contacts.down = true;
    await harness.registered(patient, { firstName: 'Leïla', lastName: 'Gharbi' });
    const data = review();
    const id = await harness.deliver(reviewSubmittedV1, data.reviewId, data);
    await harness.deliver(reviewSubmittedV1, data.reviewId, data, { id });
    await harness.deliver(reviewSubmittedV1, data.reviewId, { ...data, stars: 5 }, { sequence: 2 });
    expect((await harness.listOf(doctor)).items).toEqual([
      expect.objectContaining({
        type: 'review-submitted',
        title: 'Nouvel avis',
        body: 'Leïla Gharbi a donné son avis sur une consultation.',
        data: { appointmentId: data.appointmentId },
      }),
    ]);
    expect([await lettersOf(doctor), await lettersOf(patient)]).toEqual([1, 0]);
    await eventually(() => liveOf(doctor).length === 1);
    expect(await typesOf(patient)).toEqual([]);
    harness.contacts.down = false;
  });

  it('asks the patient by bell and mail to rate, once', async () => {
    harness.contacts.down = true;
    const { appointmentId, patientId, doctorId } = review();
    const data = { appointmentId, patientId, doctorId };
    const id = await harness.deliver(reviewInvitedV1, appointmentId, data);
    await Promise.all([1, 2].map(() => harness.deliver(reviewInvitedV1, appointmentId, data, { id })));
    expect((await harness.listOf(patient)).items).toEqual([
      expect.objectContaining({ type: 'review-invited', data: { appointmentId } }),
    ]);
    expect([await lettersOf(patient), await lettersOf(doctor)]).toEqual([1, 0]);
    harness.contacts.down = false;
  });

  it('tells the patient of an answer and of a hidden comment, in the bell alone', async () => {
    const data = review();
    await harness.deliver(reviewAnsweredV1, data.reviewId, data, { sequence: 2 });
    await harness.deliver(reviewHiddenV1, data.reviewId, data, { sequence: 3 });
    expect((await typesOf(patient)).sort()).toEqual(['review-answered', 'review-hidden']);
    expect([await lettersOf(patient), await typesOf(doctor)]).toEqual([0, []]);
  });

  it('is not held up by a poisoned message', async () => {
    const broken = { ...review(), stars: 6 };
    const poisonous = await harness.deliver(reviewSubmittedV1, broken.reviewId, broken);
    const data = review();
    await harness.deliver(reviewAnsweredV1, data.reviewId, data, { sequence: 2 });
    expect(await typesOf(patient)).toEqual(['review-answered']);
    const parked = await harness.bus.deadLetters.list('notifications.feedback');
    expect(parked.map(({ id }) => id)).toContain(poisonous);
  });
});
