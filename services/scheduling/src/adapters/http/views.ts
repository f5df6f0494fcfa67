import { photoOf, ValidationFailed } from '@medflow/service-kit';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { refundPercent, sharesOf } from '../../domain/cancellation-policy.js';
import { movableUntil, openProposal } from '../../domain/rescheduling.js';
import { type Slot, slotId, SlotTaken } from '../../domain/slot.js';
import type { Person } from '../../domain/values.js';
import type { AppointmentView } from './appointments.dto.js';
import type { SlotView } from './availability.dto.js';

export const slotView = (slot: Slot): SlotView => ({
  id: slotId(slot),
  startsAt: slot.startsAt.toISOString(),
  endsAt: slot.endsAt.toISOString(),
  mode: slot.mode,
  price: slot.price,
});

/** The loser's problem document carries what they can have instead. */
export const withAlternatives = (error: unknown): unknown =>
  error instanceof SlotTaken
    ? Object.assign(error, { extras: { alternatives: error.alternatives.map(slotView), reason: error.refusal } })
    : error;

function policyView(state: AppointmentState, now: Date): AppointmentView['policy'] {
  const { policy, startsAt, doctorUnavailable } = state;
  const [whole, ...tiers] = sharesOf(policy, startsAt);
  return {
    cancellableUntil: startsAt.toISOString(),
    cutoffHours: policy.cutoffHours,
    wholeRefundUntil: whole!.until.toISOString(),
    movableUntil: movableUntil(state).toISOString(),
    tiers: tiers.map(({ hoursBefore, refundPercent: share, until }) => ({
      hoursBefore,
      refundPercent: share,
      until: until.toISOString(),
    })),
    refundPercentNow: doctorUnavailable ? 100 : refundPercent(policy, startsAt, now),
  };
}

/** Something was given when it was cancelled, or had been without our knowing yet. */
const wasPaid = ({ payment, refund }: AppointmentState): boolean =>
  refund?.given === true || ['refunded', 'partly-refunded'].includes(payment.status);

function refundView(state: AppointmentState): Pick<AppointmentView, 'refund'> {
  if (!state.refund) return {};
  const { percent, amount } = wasPaid(state) ? state.refund : { percent: 0, amount: 0 };
  return { refund: { amount, currency: state.price.currency, percent } };
}

export const personView = ({ id, firstName, lastName, photo }: Person): AppointmentView['doctor'] => ({
  id,
  firstName,
  lastName,
  photo: photoOf(photo),
});

function proposalView(state: AppointmentState, now: Date): Pick<AppointmentView, 'proposal'> {
  const proposal = openProposal(state, now);
  if (!proposal) return {};
  const { id, ...terms } = slotView({ doctorId: state.doctor.id, ...proposal });
  return { proposal: { slotId: id, ...terms, until: proposal.until.toISOString() } };
}

export const appointmentView = (state: AppointmentState, now = new Date()): AppointmentView => ({
  id: state.id,
  status: state.status,
  doctor: personView(state.doctor),
  patient: personView(state.patient),
  startsAt: state.startsAt.toISOString(),
  endsAt: state.endsAt.toISOString(),
  mode: state.mode,
  price: { amount: state.price.amount, currency: state.price.currency },
  reason: state.reason,
  payment: {
    status: state.payment.status,
    ...(state.payment.paymentId !== undefined && { paymentId: state.payment.paymentId }),
    ...(state.payment.refunded !== undefined && {
      refunded: { amount: state.payment.refunded, currency: state.price.currency },
    }),
  },
  policy: policyView(state, now),
  ...refundView(state),
  ...(state.holdUntil && { holdUntil: state.holdUntil.toISOString() }),
  ...(state.rejection && { rejection: state.rejection }),
  ...(state.cancellation && { cancellation: state.cancellation }),
  ...(state.doctorUnavailable && { doctorUnavailable: true as const }),
  ...(state.searchFor && { searchFor: state.searchFor }),
  ...(state.examination && { examination: state.examination }),
  ...proposalView(state, now),
  createdAt: state.createdAt.toISOString(),
  ...(state.acceptedAt && { acceptedAt: state.acceptedAt.toISOString() }),
  ...(state.endedAt && { endedAt: state.endedAt.toISOString() }),
  version: state.version,
});

/** A period given as instants or dates (UTC midnight). @throws ValidationFailed when it ends before it begins */
export function periodOf({ from, to }: { from?: string; to?: string }): { from?: Date; to?: Date } {
  const period = { ...(from !== undefined && { from: new Date(from) }), ...(to !== undefined && { to: new Date(to) }) };
  if (period.from && period.to && period.to < period.from)
    throw new ValidationFailed([{ field: 'to', code: 'from-after-to' }]);
  return period;
}
