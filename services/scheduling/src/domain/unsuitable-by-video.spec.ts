import { describe, expect, it } from '@jest/globals';
import { Appointment } from './appointment.js';
import { InvalidTransition, TooEarly } from './errors.js';
import { minutesAfter } from './values.js';

const now = new Date('2026-11-23T08:00:00Z');
const startsAt = new Date('2026-11-24T08:00:00Z');
const price = { amount: 60_000, currency: 'TND' };
const requested = () =>
  Appointment.book(
    {
      id: 'a1',
      slot: { doctorId: 'd1', startsAt, endsAt: minutesAfter(startsAt, 30), mode: 'video', price, bufferMinutes: 0 },
      doctor: { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi' },
      patient: { id: 'p1', firstName: 'Amina', lastName: 'Ben Salah' },
      reason: null,
      terms: {
        payment: 'after-acceptance',
        autoAccept: false,
        cancellation: { cutoffHours: 12, tiers: [] },
        holdMinutes: 10,
      },
    },
    now,
  );
const accepted = () => {
  const appointment = requested();
  appointment.accept(now);
  return appointment;
};
const paid = () => {
  const appointment = accepted();
  appointment.learnPayment({ status: 'paid', paymentId: 'pay1', sequence: 1 }, now);
  return appointment;
};

describe('a visit that its doctor judges unsuitable by video', () => {
  it('is called off by the doctor though it has begun, and all of it goes back whatever the policy', () => {
    const appointment = paid();
    appointment.declineVideo(minutesAfter(startsAt, 20));
    expect(appointment.state).toMatchObject({
      status: 'cancelled',
      cancellation: { by: 'doctor', reason: null, because: 'unsuitable-by-video' },
      refund: { percent: 100, amount: 60_000, given: true },
    });
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'cancelled', by: 'doctor' });
  });

  it('is none before its room opens, and none that is over, or was not accepted', () => {
    expect(() => accepted().declineVideo(new Date(minutesAfter(startsAt, -15).getTime() - 1))).toThrow(TooEarly);
    const early = accepted();
    early.declineVideo(minutesAfter(startsAt, -15));
    expect(early.state.refund).toMatchObject({ percent: 100, given: false });
    expect(() => early.declineVideo(startsAt)).toThrow(InvalidTransition);
    const completed = paid();
    completed.complete(startsAt);
    expect(() => completed.declineVideo(startsAt)).toThrow(InvalidTransition);
    expect(() => requested().declineVideo(startsAt)).toThrow(InvalidTransition);
  });
});
