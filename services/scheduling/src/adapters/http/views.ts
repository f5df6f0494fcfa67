import { ValidationFailed } from '@medflow/service-kit';
import type { AppointmentState } from '../../domain/appointment.js';
import { type Slot, slotId } from '../../domain/slot.js';
import type { AppointmentView } from './appointments.dto.js';
import type { SlotView } from './availability.dto.js';

export const slotView = (slot: Slot): SlotView => ({
  id: slotId(slot),
  startsAt: slot.startsAt.toISOString(),
  endsAt: slot.endsAt.toISOString(),
  mode: slot.mode,
  price: slot.price,
});

export const appointmentView = (state: AppointmentState): AppointmentView => ({
  id: state.id,
  status: state.status,
  doctor: { id: state.doctor.id, firstName: state.doctor.firstName, lastName: state.doctor.lastName },
  patient: { id: state.patient.id, firstName: state.patient.firstName, lastName: state.patient.lastName },
  startsAt: state.startsAt.toISOString(),
  endsAt: state.endsAt.toISOString(),
  mode: state.mode,
  price: { amount: state.price.amount, currency: state.price.currency },
  reason: state.reason,
  payment: { status: state.price.amount === 0 ? 'none' : 'due' },
  policy: { cancellableUntil: state.startsAt.toISOString() },
  ...(state.rejection && { rejection: state.rejection }),
  ...(state.cancellation && { cancellation: state.cancellation }),
  createdAt: state.createdAt.toISOString(),
  version: state.version,
});

/** A period given as instants or dates (UTC midnight). @throws ValidationFailed when it ends before it begins */
export function periodOf({ from, to }: { from?: string; to?: string }): { from?: Date; to?: Date } {
  const period = { ...(from !== undefined && { from: new Date(from) }), ...(to !== undefined && { to: new Date(to) }) };
  if (period.from && period.to && period.to < period.from)
    throw new ValidationFailed([{ field: 'to', code: 'from-after-to' }]);
  return period;
}
