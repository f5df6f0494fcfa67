import { expect } from '@jest/globals';
import { isPaid } from '../../src/domain/refunds.js';
import type { AppointmentFact, AppointmentState } from '../../src/domain/appointment-state.js';
import { MAX_HOLDS } from '../../src/domain/hold-policy.js';
import { livingTicksOf, reservedTicksOf } from '../in-memory/appointments.js';
import { type Clinic, doctorIds, PATIENTS } from './clinic.js';

/** The life before each move, and after the last. A move leaves it asked for, or accepted, as if anew. */
function livesOf(facts: AppointmentFact[]): AppointmentFact[][] {
  const at = facts.findLastIndex(({ name }) => name === 'rescheduled');
  return at < 0 ? [facts] : [...livesOf(facts.slice(0, at)), facts.slice(at)];
}

/** As if it had been booked at its present time. */
const bookedAnew = (facts: AppointmentFact[]): string =>
  namesOf(facts).replace(
    /^rescheduled/,
    facts[0]!.appointment.status === 'accepted' ? 'requested accepted' : 'requested',
  );

const namesOf = (facts: AppointmentFact[]): string => facts.map(({ name }) => name).join(' ');

/** All that an appointment may ever go through, as the words of its facts. */
const LIVES = [
  // Paid in time or late, or asked for without a hold; then answered, or not.
  /^(held (expired )?)?requested( rejected| cancelled| expired| accepted( doctor-unavailable doctor-available)*( doctor-unavailable)?( cancelled| completed| missed)?)?$/,
  // Never paid, or too late.
  /^held( cancelled| expired( hold-lost)?)?$/,
];

function checkOne(clinic: Clinic, state: AppointmentState): void {
  const { id, status, announced, holdLost, payment, price, timing, refund, proposal } = state;
  // What is proposed or declined changes nothing yet.
  const facts = clinic.factsOf(id).filter(({ name }) => !/^reschedule-/.test(name));
  const heard = [...(clinic.heard.get(id) ?? [])];
  const story = clinic.storyOf(id);
  const lives = livesOf(facts);
  for (const life of lives) expect(LIVES.some((any) => any.test(bookedAnew(life)))).toBe(true);
  // Nothing is moved that is over, or whose doctor may see nobody.
  for (const moved of lives.slice(0, -1)) expect(bookedAnew(moved)).toMatch(/(requested|accepted|doctor-available)$/);
  const versions = facts.map(({ appointment }) => appointment.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  const atBooking = timing === 'at-booking' && price.amount > 0;
  expect(facts[0]!.name).toBe(atBooking ? 'held' : 'requested');
  if (atBooking && announced) expect(heard.some((word) => isPaid({ status: story[word]! }))).toBe(true);
  const last = Math.max(-1, ...heard);
  expect([payment.sequence, payment.status]).toEqual(
    last < 0 ? [0, price.amount === 0 ? 'none' : 'due'] : [last + 1, story[last]],
  );
  if (isPaid(payment)) expect(status).not.toBe('held');
  if (isPaid(payment) && status === 'expired' && !announced) expect(holdLost).toBe(true);
  expect(holdLost === true).toBe(namesOf(facts).endsWith('hold-lost'));
  if (proposal)
    expect([status, state.doctorUnavailable]).toEqual([expect.stringMatching(/requested|accepted/), undefined]);
  expect(state.policy).toEqual(facts[0]!.appointment.policy);
  if (state.cancellation?.by === 'doctor') expect(refund).toMatchObject({ percent: 100, amount: price.amount });
  if (facts.at(-2)?.appointment.doctorUnavailable && status === 'cancelled') expect(refund?.percent).toBe(100);
  expect(state.doctorUnavailable !== undefined).toBe(namesOf(facts).endsWith('doctor-unavailable'));
  if (refund) expect(refund.amount).toBeLessThanOrEqual(price.amount);
}

export function checkAll(clinic: Clinic): void {
  const now = clinic.clock.now();
  const booked = clinic.states.flatMap((state) => livingTicksOf(state, now));
  const reserved = [...clinic.appointments.reservations.values()].filter(({ until }) => until > now);
  const living = [...booked, ...reserved.flatMap(reservedTicksOf)];
  expect(living).toHaveLength(new Set(living).size);
  for (let patient = 0; patient < PATIENTS; patient += 1) {
    const id = `patient-${patient}`;
    expect(clinic.appointments.holdsOf(id, now)).toBeLessThanOrEqual(MAX_HOLDS);
    for (const doctorId of doctorIds)
      expect(clinic.appointments.openRequestsOf(id, doctorId)).toBeLessThanOrEqual(
        clinic.appointments.limitsOf(id, doctorId).doctor,
      );
  }
  for (const state of clinic.states) checkOne(clinic, state);
}

/** Once all has settled: who may see nobody has no visit ahead but those that their patients are to move or call off. */
export async function checkPractice(clinic: Clinic): Promise<void> {
  const now = clinic.clock.now();
  for (const { doctor, status, startsAt, doctorUnavailable } of clinic.states) {
    const barredSince = await clinic.barredSince(doctor.id);
    if (!barredSince) expect(doctorUnavailable).toBeUndefined();
    else if (startsAt >= barredSince) {
      expect(status).not.toMatch(/held|requested/);
      if (status === 'accepted') expect([doctorUnavailable, startsAt > now]).toEqual([true, true]);
    }
  }
}
