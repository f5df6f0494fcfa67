import type { Appointment } from './appointments';
import { isGiven, isPayable, type PaymentStatus } from './payments';

export type Side = 'patient' | 'doctor';

/** As long as a slot may last. */
export const LONGEST_MINUTES = 480;
const MINUTE_MS = 60_000;
const COMPLETE_EARLY_MS = 15 * MINUTE_MS;
const NO_SHOW_AFTER_MS = 10 * MINUTE_MS;

const startOf = ({ startsAt }: Pick<Appointment, 'startsAt'>): number => Date.parse(startsAt);

/** The doors of a video visit are open from fifteen minutes before it, and until it is completed. */
const DOORS_EARLY_MS = 15 * MINUTE_MS;
const DOORS_LATE_MS = 4 * 60 * MINUTE_MS;

/** Whether « Rejoindre » is offered; the server has the last word. */
export const isJoinable = (
  { mode, status, startsAt, endsAt }: Pick<Appointment, 'mode' | 'status' | 'startsAt' | 'endsAt'>,
  now: number,
): boolean =>
  mode === 'video' &&
  status === 'accepted' &&
  now >= Date.parse(startsAt) - DOORS_EARLY_MS &&
  now < Date.parse(endsAt) + DOORS_LATE_MS;

/** Coming until it ends. */
export const isPast = ({ endsAt }: Pick<Appointment, 'endsAt'>, now: number): boolean => Date.parse(endsAt) <= now;

export const isCancellable = (visit: Appointment, now: number): boolean =>
  ['held', 'requested', 'accepted'].includes(visit.status) && startOf(visit) > now;

/** Patients may until the terms say so; doctors propose until it begins. */
export const isMovable = (visit: Appointment, side: Side, now: number): boolean =>
  ['requested', 'accepted'].includes(visit.status) &&
  !visit.doctorUnavailable &&
  startOf(visit) > now &&
  (side === 'doctor' || Date.parse(visit.policy.movableUntil) >= now);

export const isAnswerable = (visit: Appointment, now: number): boolean =>
  visit.status === 'requested' && startOf(visit) > now;

export const isCompletable = (visit: Appointment, now: number): boolean =>
  visit.status === 'accepted' && now >= startOf(visit) - COMPLETE_EARLY_MS;

export const isMissable = (visit: Appointment, now: number): boolean =>
  visit.status === 'accepted' && now >= startOf(visit) + NO_SHOW_AFTER_MS;

export const wantsPayment = ({ status, payment, doctorUnavailable }: Appointment): boolean =>
  ['held', 'accepted', 'completed'].includes(status) && isPayable(payment.status) && !doctorUnavailable;

/** How the payment stands, where that means anything: nothing is to be paid of what is merely asked for, or over. */
export function shownPayment(visit: Appointment): PaymentStatus | undefined {
  const { status } = visit.payment;
  return status === 'none' || (isPayable(status) && !wantsPayment(visit)) ? undefined : status;
}

export interface TimelineStep {
  /** Key of its words. */
  name: string;
  state: 'done' | 'current' | 'todo' | 'stopped';
  at?: string;
}

const refundedStatuses: readonly PaymentStatus[] = ['refunded', 'partly-refunded'];

/** What an appointment went through, and what is to come of it; times where they are known. */
export function timelineOf(visit: Appointment, paidAt?: string): TimelineStep[] {
  const { status, payment, price, createdAt, acceptedAt, endedAt, startsAt, endsAt } = visit;
  const free = price.amount === 0;
  const wasPaid = isGiven(payment.status) || refundedStatuses.includes(payment.status);
  const paid: TimelineStep =
    payment.status === 'authorised'
      ? { name: 'set-aside', state: 'done' }
      : { name: 'paid', state: 'done', ...(paidAt && { at: paidAt }) };
  const begun: TimelineStep = { name: 'requested', state: 'done', at: createdAt };
  const accepted: TimelineStep = { name: 'accepted', state: 'done', ...(acceptedAt && { at: acceptedAt }) };
  const ended = (name: string): TimelineStep[] => [
    begun,
    ...(acceptedAt ? [accepted] : []),
    ...(wasPaid ? [paid] : []),
    { name, state: 'stopped', ...(endedAt && { at: endedAt }) },
    ...(refundedStatuses.includes(payment.status) ? [{ name: 'refunded', state: 'done' as const }] : []),
  ];
  const toPay: TimelineStep[] = free ? [] : [wasPaid ? paid : { name: 'paid', state: 'todo' }];
  const visited = (state: TimelineStep['state'], at: string): TimelineStep => ({ name: 'completed', state, at });
  switch (status) {
    case 'rejected':
      return ended('rejected');
    case 'cancelled':
      return ended(`cancelled-by-${visit.cancellation?.by ?? 'doctor'}`);
    case 'expired':
      return ended('expired');
    case 'missed':
      return ended('missed');
    case 'held':
      return [
        { name: 'held', state: 'done', at: createdAt },
        { name: 'paid', state: 'current' },
        { name: 'accepted', state: 'todo' },
        visited('todo', startsAt),
      ];
    case 'requested':
      return [begun, { name: 'accepted', state: 'current' }, ...toPay, visited('todo', startsAt)];
    case 'accepted': {
      const owes = wantsPayment(visit);
      const pays: TimelineStep[] = toPay.map((step) => (owes ? { ...step, state: 'current' } : step));
      return [begun, accepted, ...pays, visited(owes ? 'todo' : 'current', startsAt)];
    }
    case 'completed':
      return [begun, accepted, ...toPay, visited('done', endedAt ?? endsAt)];
  }
}
