import {
  accountSuspendedV1,
  appointmentAcceptedV1,
  appointmentRequestedV1,
  letterWantedV1,
  paymentCapturedV1,
} from '@medflow/contracts';
import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

let harness: NotificationsHarness;
let doctor: Identified;
let patient: Identified;
beforeAll(async () => {
  harness = await NotificationsHarness.start();
  // Letters wait for identity, so that they can be counted.
  harness.contacts.down = true;
});
afterAll(() => harness.stop());
beforeEach(async () => {
  [doctor, patient] = [newDoctor(), newPatient()];
});

/** As if this database had known of events for a long time. */
const began = (at: Date) => harness.collection('beginning').updateOne({ _id: 'beginning' }, { $set: { at } });
const lettersOf = ({ id }: Identified) =>
  harness.collection('mail_queue').countDocuments({ 'notification.accountId': id });
const listOf = async (as: Identified) =>
  (await harness.listOf(as)).items.map(({ type, readAt }: { type: string; readAt: string | null }) => [
    type,
    readAt !== null,
  ]);

describe('a fact that is told again', () => {
  it('of before this database began, is in the list, read, and nobody is written to', async () => {
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data, { time: hoursAgo(1), replayed: true });
    expect(await listOf(patient)).toEqual([['appointment-accepted', true]]);
    expect((await harness.listOf(doctor)).unread).toBe(0);
    expect([await lettersOf(patient), await lettersOf(doctor)]).toEqual([0, 0]);
    expect(harness.live.filter(({ data: { accountId } }) => accountId === patient.id)).toEqual([]);
  });

  it('does not write to who was barred, or wanted a letter, before this database began', async () => {
    const [barred, wanting] = [newPatient(), newPatient()];
    const again = { time: hoursAgo(1), replayed: true };
    await harness.deliver(accountSuspendedV1, barred.id, { accountId: barred.id, role: 'patient' }, again);
    const letter = { letterId: crypto.randomUUID(), accountId: wanting.id, purpose: 'verification' as const };
    await harness.deliver(letterWantedV1, letter.letterId, letter, again);
    const ids = { $in: [barred.id, wanting.id] };
    expect(await harness.collection('mail_queue').countDocuments({ 'account.accountId': ids })).toBe(0);
  });

  it('is not listed a second time, under whichever id it was told first', async () => {
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentRequestedV1, data.appointmentId, data);
    const payment = {
      paymentId: crypto.randomUUID(),
      appointmentId: data.appointmentId,
      patientId: patient.id,
      doctorId: doctor.id,
      amount: data.price,
      receiptNumber: '2026-000001',
    };
    await harness.deliver(paymentCapturedV1, payment.paymentId, payment);
    const before = [await listOf(patient), await lettersOf(patient)];
    await harness.deliver(appointmentRequestedV1, data.appointmentId, data, { replayed: true });
    await harness.deliver(paymentCapturedV1, payment.paymentId, payment, { replayed: true });
    expect([await listOf(patient), await lettersOf(patient)]).toEqual(before);
  });
});

describe('a fact that was lost and is told again', () => {
  it('is news while it is fresh: both are told and written to', async () => {
    await began(hoursAgo(1_000));
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data, { time: hoursAgo(20), replayed: true });
    expect(await listOf(patient)).toEqual([['appointment-accepted', false]]);
    expect([await lettersOf(patient), await lettersOf(doctor)]).toEqual([1, 1]);
  });

  it('is in the list, and nobody is written to, once it is older than two days', async () => {
    await began(hoursAgo(1_000));
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentAcceptedV1, data.appointmentId, data, { time: hoursAgo(49), replayed: true });
    expect(await listOf(patient)).toEqual([['appointment-accepted', true]]);
    expect(await lettersOf(patient)).toBe(0);
  });
});
