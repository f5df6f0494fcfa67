import { describe, expect, it } from 'vitest';
import type { Appointment } from './appointments';
import {
  isAnswerable,
  isCancellable,
  isCompletable,
  isJoinable,
  isMissable,
  isMovable,
  isPast,
  shownPayment,
  timelineOf,
} from './visit';

const START = Date.parse('2026-11-23T09:30:00Z');
const MINUTE = 60_000;

const visit = (changes: Partial<Appointment> = {}): Appointment => ({
  id: 'a1',
  status: 'accepted',
  doctor: { id: 'd1', firstName: 'Leïla', lastName: 'Ben Salah', photo: null },
  patient: { id: 'p1', firstName: 'Amina', lastName: 'Gharbi', photo: null },
  startsAt: new Date(START).toISOString(),
  endsAt: new Date(START + 30 * MINUTE).toISOString(),
  mode: 'video',
  price: { amount: 60_000, currency: 'TND' },
  reason: null,
  payment: { status: 'due' },
  policy: {
    cancellableUntil: '',
    cutoffHours: 24,
    wholeRefundUntil: '',
    movableUntil: '',
    tiers: [],
    refundPercentNow: 100,
  },
  createdAt: '2026-11-20T08:00:00.000Z',
  version: 1,
  ...changes,
});
const steps = (changes: Partial<Appointment>) =>
  timelineOf(visit(changes)).map(({ name, state }) => `${name} ${state}`);

describe('an appointment', () => {
  it('is coming until it ends, and may be cancelled until it begins', () => {
    expect(isPast(visit(), START + 29 * MINUTE)).toBe(false);
    expect(isPast(visit(), START + 30 * MINUTE)).toBe(true);
    expect(isCancellable(visit(), START - 1)).toBe(true);
    expect(isCancellable(visit(), START)).toBe(false);
    expect(isCancellable(visit({ status: 'rejected' }), START - 1)).toBe(false);
  });

  it('may be joined by video from fifteen minutes before, while it is accepted, and long after its hour', () => {
    const opens = START - 15 * MINUTE;
    expect([isJoinable(visit(), opens - 1), isJoinable(visit(), opens)]).toEqual([false, true]);
    expect([isJoinable(visit(), START + 120 * MINUTE), isJoinable(visit(), START + 300 * MINUTE)]).toEqual([
      true,
      false,
    ]);
    expect(isJoinable(visit({ mode: 'in-person' }), START)).toBe(false);
    for (const status of ['held', 'requested', 'completed', 'cancelled', 'missed'] as const)
      expect(isJoinable(visit({ status }), START)).toBe(false);
  });

  it('may be moved by its patient until the terms say so, and by its doctor until it begins', () => {
    const until = START - 60 * MINUTE;
    const { policy } = visit();
    const moving = visit({ policy: { ...policy, movableUntil: new Date(until).toISOString() } });
    expect([isMovable(moving, 'patient', until), isMovable(moving, 'patient', until + 1)]).toEqual([true, false]);
    expect([isMovable(moving, 'doctor', START - 1), isMovable(moving, 'doctor', START)]).toEqual([true, false]);
    for (const status of ['held', 'completed', 'cancelled'] as const)
      expect(isMovable({ ...moving, status }, 'doctor', until)).toBe(false);
    expect(isMovable({ ...moving, doctorUnavailable: true }, 'doctor', until)).toBe(false);
  });

  it('is answered before it begins, completed from 15 minutes before and missed from 10 minutes after', () => {
    expect(isAnswerable(visit({ status: 'requested' }), START - 1)).toBe(true);
    expect(isAnswerable(visit({ status: 'requested' }), START)).toBe(false);
    expect(isCompletable(visit(), START - 15 * MINUTE - 1)).toBe(false);
    expect(isCompletable(visit(), START - 15 * MINUTE)).toBe(true);
    expect(isMissable(visit(), START + 10 * MINUTE - 1)).toBe(false);
    expect(isMissable(visit(), START + 10 * MINUTE)).toBe(true);
  });

  it('says that it is to be paid only where it can be', () => {
    for (const status of ['held', 'accepted', 'completed'] as const)
      expect(shownPayment(visit({ status }))).toBe('due');
    for (const status of ['requested', 'rejected', 'cancelled', 'missed', 'expired'] as const) {
      expect(shownPayment(visit({ status }))).toBeUndefined();
      expect(shownPayment(visit({ status, payment: { status: 'failed' } }))).toBeUndefined();
    }
    expect(shownPayment(visit({ doctorUnavailable: true }))).toBeUndefined();
    expect(shownPayment(visit({ status: 'cancelled', payment: { status: 'refunded' } }))).toBe('refunded');
    expect(shownPayment(visit({ status: 'requested', payment: { status: 'authorised' } }))).toBe('authorised');
    expect(shownPayment(visit({ payment: { status: 'none' } }))).toBeUndefined();
  });

  it('goes from its request over answer and payment to the visit', () => {
    expect(steps({ status: 'requested' })).toEqual([
      'requested done',
      'accepted current',
      'paid todo',
      'completed todo',
    ]);
    expect(steps({})).toEqual(['requested done', 'accepted done', 'paid current', 'completed todo']);
    expect(steps({ payment: { status: 'paid' } })).toEqual([
      'requested done',
      'accepted done',
      'paid done',
      'completed current',
    ]);
    expect(steps({ status: 'completed', payment: { status: 'paid' } }).at(-1)).toBe('completed done');
  });

  it('has no payment in it where it is free, and begins with it where the slot is held for it', () => {
    const free: Partial<Appointment> = { price: { amount: 0, currency: 'TND' }, payment: { status: 'none' } };
    expect(steps(free)).toEqual(['requested done', 'accepted done', 'completed current']);
    expect(steps({ status: 'held' })).toEqual(['held done', 'paid current', 'accepted todo', 'completed todo']);
    expect(steps({ status: 'requested', payment: { status: 'authorised' } })).toContain('set-aside done');
  });

  it('has the times that are known', () => {
    const times = { acceptedAt: '2026-11-20T09:00:00.000Z', endedAt: '2026-11-21T09:00:00.000Z' };
    const known = (changes: Partial<Appointment>) => timelineOf(visit(changes)).map(({ at }) => at);
    expect(known({ status: 'cancelled', ...times })).toEqual([visit().createdAt, times.acceptedAt, times.endedAt]);
    const paid = visit({ payment: { status: 'paid' } });
    expect(timelineOf(paid, '2026-11-20T10:00:00.000Z')).toContainEqual({
      name: 'paid',
      state: 'done',
      at: '2026-11-20T10:00:00.000Z',
    });
    expect(known({ status: 'rejected', endedAt: times.endedAt })).toEqual([visit().createdAt, times.endedAt]);
    expect(known({ status: 'completed', ...times })).toEqual([
      visit().createdAt,
      times.acceptedAt,
      undefined,
      times.endedAt,
    ]);
  });

  it('stops where it ended, and tells of what went back', () => {
    expect(steps({ status: 'rejected' })).toEqual(['requested done', 'rejected stopped']);
    expect(steps({ status: 'expired' })).toEqual(['requested done', 'expired stopped']);
    const cancellation = { by: 'patient' as const, reason: null };
    expect(steps({ status: 'cancelled', cancellation, payment: { status: 'refunded' } })).toEqual([
      'requested done',
      'paid done',
      'cancelled-by-patient stopped',
      'refunded done',
    ]);
  });
});
