import { describe, expect, it } from '@jest/globals';
import { Appointment } from './appointment.js';
import { minutesAfter } from './values.js';

const now = new Date('2026-11-23T08:00:00Z');
const startsAt = new Date('2026-11-24T08:00:00Z');
const price = { amount: 60_000, currency: 'TND' };
const booked = (payment: 'at-booking' | 'after-acceptance' = 'after-acceptance') =>
  Appointment.book(
    {
      id: 'a1',
      slot: { doctorId: 'd1', startsAt, endsAt: minutesAfter(startsAt, 30), mode: 'video', price, bufferMinutes: 0 },
      doctor: { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi' },
      patient: { id: 'p1', firstName: 'Amina', lastName: 'Ben Salah' },
      reason: null,
      terms: { payment, autoAccept: false, cancellation: { cutoffHours: 12, tiers: [] }, holdMinutes: 10 },
    },
    now,
  );
const timesOf = ({ state: { acceptedAt, endedAt } }: Appointment) => ({ acceptedAt, endedAt });

describe('the times of an appointment', () => {
  it('are none while it waits, then those of the yes and of the end', () => {
    const appointment = booked();
    expect(timesOf(appointment)).toEqual({});
    appointment.accept(minutesAfter(now, 5));
    expect(timesOf(appointment)).toEqual({ acceptedAt: minutesAfter(now, 5) });
    appointment.complete(startsAt);
    expect(timesOf(appointment)).toEqual({ acceptedAt: minutesAfter(now, 5), endedAt: startsAt });
  });

  it.each([
    ['refused', (appointment: Appointment, at: Date) => appointment.reject('En congé', at)],
    ['called off', (appointment: Appointment, at: Date) => appointment.cancel('patient', null, at)],
  ])('say when it was %s', (_, end) => {
    const appointment = booked();
    end(appointment, minutesAfter(now, 7));
    expect(timesOf(appointment)).toEqual({ endedAt: minutesAfter(now, 7) });
  });

  it('begin anew where a late payment wins the visit back', () => {
    const appointment = booked('at-booking');
    appointment.expire(minutesAfter(now, 10));
    expect(timesOf(appointment)).toEqual({ endedAt: minutesAfter(now, 10) });
    appointment.learnPayment({ status: 'authorised', paymentId: 'pay1', sequence: 1 }, minutesAfter(now, 11));
    appointment.settleLatePayment(true, minutesAfter(now, 11));
    expect(timesOf(appointment)).toEqual({});
  });
});
