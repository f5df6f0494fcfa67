import { describe, expect, it } from '@jest/globals';
import { Appointment } from './appointment.js';
import { InvalidTransition, TooEarly, TooLate } from './errors.js';
import { minutesAfter } from './values.js';

const now = new Date('2026-11-23T08:00:00Z');
const startsAt = new Date('2026-11-24T08:00:00Z');
const endsAt = minutesAfter(startsAt, 30);
const slot = {
  doctorId: 'd1',
  startsAt,
  endsAt,
  mode: 'video' as const,
  price: { amount: 60_000, currency: 'TND' },
  bufferMinutes: 5,
};
const doctor = { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi' };
const patient = { id: 'p1', firstName: 'Amina', lastName: 'Ben Salah' };
const requested = (autoAccept = false) =>
  Appointment.request({ id: 'a1', slot, doctor, patient, reason: null, autoAccept }, now);
const accepted = () => {
  const appointment = requested();
  appointment.accept(now);
  return appointment;
};
const names = (appointment: Appointment) => appointment.facts.map(({ name }) => name);

describe('appointment', () => {
  it('tells what happened, with the version after it', () => {
    const appointment = accepted();
    appointment.complete(startsAt);
    expect(names(appointment)).toEqual(['requested', 'accepted', 'completed']);
    expect(appointment.facts.map((fact) => fact.appointment.version)).toEqual([1, 2, 3]);
  });

  it('is accepted at once where the doctor accepts every booking', () => {
    expect(requested(true).state).toMatchObject({ status: 'accepted', version: 2 });
  });

  it('cannot be answered twice', () => {
    expect(() => accepted().accept(now)).toThrow(InvalidTransition);
    expect(() => accepted().reject('trop tard', now)).toThrow(InvalidTransition);
  });

  it('cannot be accepted once it has begun', () => {
    expect(() => requested().accept(startsAt)).toThrow(InvalidTransition);
  });

  it('can be completed from fifteen minutes before the start', () => {
    expect(() => accepted().complete(minutesAfter(startsAt, -16))).toThrow(TooEarly);
    const early = accepted();
    early.complete(minutesAfter(startsAt, -15));
    expect(early.state.status).toBe('completed');
  });

  it('is missed ten minutes after the start at the earliest', () => {
    expect(() => accepted().miss(minutesAfter(startsAt, 9))).toThrow(TooEarly);
    const late = accepted();
    late.miss(minutesAfter(startsAt, 10));
    expect(late.state.status).toBe('missed');
  });

  it('can be cancelled by either side until it begins, and says by whom', () => {
    const appointment = accepted();
    appointment.cancel('doctor', 'Urgence', now);
    expect(appointment.state.cancellation).toEqual({ by: 'doctor', reason: 'Urgence' });
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'cancelled', by: 'doctor', reason: 'Urgence' });
    expect(() => accepted().cancel('patient', null, startsAt)).toThrow(TooLate);
  });

  it('expires when nobody has answered by its start', () => {
    expect(() => requested().expire(now)).toThrow(TooEarly);
    const unanswered = requested();
    unanswered.expire(startsAt);
    expect(unanswered.state.status).toBe('expired');
  });

  it('frees the time of both sides when it will not take place, and only then', () => {
    const rejected = requested();
    rejected.reject('Absent', now);
    const cancelled = accepted();
    cancelled.cancel('patient', null, now);
    expect([rejected, cancelled].map(({ releasesTime }) => releasesTime)).toEqual([true, true]);
    expect([requested(), accepted()].map(({ releasesTime }) => releasesTime)).toEqual([false, false]);
  });
});
