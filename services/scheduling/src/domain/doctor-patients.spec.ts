import { describe, expect, it } from '@jest/globals';
import type { PaymentStatus, Status } from './appointment-state.js';
import { nextVisitOf, type SummedAppointment, sumUp } from './doctor-patients.js';
import { DAY_MS, minutesAfter } from './values.js';

const now = new Date('2026-11-30T10:00:00Z');
const doctor = { id: 'doctor', firstName: 'Karim', lastName: 'Trabelsi' };

interface Given {
  status: Status;
  inDays?: number;
  payment?: PaymentStatus;
  currency?: string;
  firstName?: string;
  sequence?: number;
  doctorUnavailable?: true;
}

function visit({ status, inDays = 1, payment = 'due', currency = 'TND', ...more }: Given): SummedAppointment {
  const { firstName = 'Amina', sequence, doctorUnavailable } = more;
  const startsAt = new Date(now.getTime() + inDays * DAY_MS);
  return {
    doctor,
    patient: { id: 'patient', firstName, lastName: 'Ben Salah', ...(sequence !== undefined && { sequence }) },
    status,
    startsAt,
    endsAt: minutesAfter(startsAt, 30),
    price: { amount: 60_000, currency },
    payment: { status: payment, sequence: 1 },
    ...(doctorUnavailable && { doctorUnavailable }),
  };
}
const dueOf = (...given: Given[]) => sumUp(given.map(visit), now)!.due;

describe('what appointments of one patient come to', () => {
  it('is nothing where there are none', () => expect(sumUp([], now)).toBeUndefined());

  it('owes what was accepted or done and is not paid, by currency', () => {
    expect(
      dueOf(
        { status: 'accepted' },
        { status: 'completed', payment: 'failed', currency: 'EUR' },
        { status: 'completed', payment: 'requires-action' },
      ),
    ).toEqual([
      { amount: 60_000, currency: 'EUR' },
      { amount: 120_000, currency: 'TND' },
    ]);
  });

  it('owes nothing for what is asked for, over, paid, or without its doctor', () => {
    const statuses: Status[] = ['requested', 'rejected', 'cancelled', 'missed', 'expired'];
    const paid = { status: 'accepted', payment: 'paid' } as const;
    const lost = { status: 'accepted', doctorUnavailable: true } as const;
    expect(dueOf(...statuses.map((status) => ({ status })), paid, lost)).toEqual([]);
  });

  it('bears the name that was told last, else that of the latest appointment', () => {
    const nameOf = (...given: Given[]) => sumUp(given.map(visit), now)!.patient.firstName;
    const status = 'completed';
    expect(nameOf({ status, inDays: -1, firstName: 'New' }, { status, inDays: -9, firstName: 'Old' })).toBe('New');
    expect(
      nameOf(
        { status, inDays: -1, firstName: 'Old', sequence: 1 },
        { status, inDays: -9, firstName: 'New', sequence: 2 },
      ),
    ).toBe('New');
  });

  it('has a next visit until that is over, and no last one before one took place', () => {
    const sums = sumUp([visit({ status: 'accepted', inDays: 0 }), visit({ status: 'requested', inDays: 3 })], now)!;
    expect(sums.lastVisitAt).toBeUndefined();
    expect(nextVisitOf(sums, minutesAfter(now, 29))).toEqual(now);
    expect(nextVisitOf(sums, minutesAfter(now, 30))).toEqual(new Date(now.getTime() + 3 * DAY_MS));
    expect(nextVisitOf(sums, new Date(now.getTime() + 4 * DAY_MS))).toBeUndefined();
  });
});
