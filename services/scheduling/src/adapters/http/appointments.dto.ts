import {
  Choice,
  Flag,
  Instant,
  InstantOrDay,
  MayBeAbsent,
  Money,
  Nested,
  NestedList,
  PageQuery,
  Photo,
  QueryChoices,
  Text,
  Whole,
} from '@medflow/service-kit';
import type { CallOffCause, PaymentStatus, Side, Status } from '../../domain/appointment-state.js';
import type { Mode } from '../../domain/values.js';
import { modes } from './availability.dto.js';
import { MAX_RESERVATION } from './reservations.dto.js';

export const statuses = [
  'held',
  'requested',
  'accepted',
  'rejected',
  'cancelled',
  'completed',
  'missed',
  'expired',
] as const satisfies readonly Status[];

export class BookBody {
  @Text({ max: 200, description: 'Of a free slot' }) slotId!: string;
  @Text({ max: 1000, multiline: true, min: 0, optional: true, nullable: true, description: 'For the doctor only' })
  reason?: string | null;
  @Flag({
    optional: true,
    description: 'The doctor has examined the patient in person: for a video visit where a rule asks',
  })
  examinedBefore?: boolean;
  @Text({ max: MAX_RESERVATION, optional: true, description: 'Id of what kept the slot: see slot-reservations' })
  reservation?: string;
}

@MayBeAbsent()
export class AcceptBody {
  @Flag({ optional: true, description: 'The doctor has examined the patient in person, as the patient declared' })
  examinedBefore?: boolean;
  @Text({ max: 1000, multiline: true, optional: true, description: 'Why they meet by video without it' })
  derogation?: string;
}

export class RejectBody {
  @Text({ max: 1000, multiline: true }) reason!: string;
}

export class RescheduleBody {
  @Text({ max: 200, description: 'Of a free slot of the same doctor' }) slotId!: string;
  @Flag({ optional: true, description: 'As in booking and accepting' }) examinedBefore?: boolean;
  @Text({ max: 1000, multiline: true, optional: true, description: 'The doctor’s, as in accepting' })
  derogation?: string;
}

@MayBeAbsent()
export class CancelBody {
  @Text({ max: 1000, multiline: true, min: 0, optional: true, nullable: true }) reason?: string | null;
}

export class AppointmentsQuery extends PageQuery {
  @QueryChoices(statuses, { description: 'Any of these' }) status?: Status[];
  @InstantOrDay({ optional: true, description: 'Starts at or after' }) from?: string;
  @InstantOrDay({ optional: true, description: 'Starts before' }) to?: string;
  @Text({ max: 64, optional: true }) patientId?: string;
  @Choice(['asc', 'desc'], { optional: true, description: 'By start; default asc' }) order?: 'asc' | 'desc';
}

class AppointmentPersonView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
}

const paymentStatuses = [
  'none',
  'due',
  'requires-action',
  'processing',
  'authorised',
  'paid',
  'failed',
  'voided',
  'partly-refunded',
  'refunded',
] as const satisfies readonly PaymentStatus[];

class PaymentView {
  @Choice(paymentStatuses) status!: PaymentStatus;
  @Text({ max: 64, optional: true }) paymentId?: string;
  @Nested(() => Money, { optional: true }) refunded?: Money;
}

class TierView {
  @Whole({ min: 0, max: 720 }) hoursBefore!: number;
  @Whole({ min: 0, max: 100 }) refundPercent!: number;
  @Instant() until!: string;
}

class PolicyView {
  @Instant({ description: 'Either side may cancel until then' }) cancellableUntil!: string;
  @Whole({ min: 0, max: 720 }) cutoffHours!: number;
  @Instant({ description: 'A patient who cancels until then gets all back' }) wholeRefundUntil!: string;
  @Instant({ description: 'The patient may move it until then, while it is requested or accepted' })
  movableUntil!: string;
  @NestedList(() => TierView, { max: 5 }) tiers!: TierView[];
  @Whole({ min: 0, max: 100, description: 'Share that a patient who cancels now gets back' }) refundPercentNow!: number;
}

class RefundView {
  @Whole({ min: 0, max: 1_000_000_000 }) amount!: number;
  @Text({ max: 3 }) currency!: string;
  @Whole({ min: 0, max: 100 }) percent!: number;
}

class RejectionView {
  @Text({ max: 1000 }) reason!: string;
}

class CancellationView {
  @Choice(['patient', 'doctor']) by!: Side;
  @Text({ max: 1000, nullable: true }) reason!: string | null;
  @Choice(['doctor-unavailable', 'unsuitable-by-video'], {
    optional: true,
    description: 'The doctor may see nobody any more, or judged at the visit that video does not suit',
  })
  because?: CallOffCause;
}

class SearchForView {
  @Text({ max: 64, optional: true }) specialization?: string;
  @Text({ max: 100, optional: true }) city?: string;
}

class ProposalView {
  @Text({ max: 200 }) slotId!: string;
  @Instant() startsAt!: string;
  @Instant() endsAt!: string;
  @Choice(modes) mode!: Mode;
  @Nested(() => Money) price!: Money;
  @Instant({ description: 'The patient may answer until then' }) until!: string;
}

const bases = ['known', 'declared', 'confirmed', 'derogation'] as const;

class ExaminationView {
  @Choice(bases, { description: 'From a visit, the patient’s word, the doctor’s, or not at all for a reason' })
  basis!: (typeof bases)[number];
  @Text({ max: 1000, multiline: true, optional: true, description: 'Of a derogation' }) reason?: string;
}

export class AppointmentView {
  @Text({ max: 64 }) id!: string;
  @Choice(statuses) status!: Status;
  @Nested(() => AppointmentPersonView) doctor!: AppointmentPersonView;
  @Nested(() => AppointmentPersonView) patient!: AppointmentPersonView;
  @Instant() startsAt!: string;
  @Instant() endsAt!: string;
  @Choice(modes) mode!: Mode;
  @Nested(() => Money) price!: Money;
  @Text({ max: 1000, nullable: true }) reason!: string | null;
  @Nested(() => PaymentView) payment!: PaymentView;
  @Nested(() => PolicyView) policy!: PolicyView;
  @Nested(() => RejectionView, { optional: true }) rejection?: RejectionView;
  @Nested(() => CancellationView, { optional: true }) cancellation?: CancellationView;
  @Nested(() => RefundView, { optional: true, description: 'What goes back after a cancellation' }) refund?: RefundView;
  @Instant({ optional: true, description: 'Only while it is held: to be paid until then' }) holdUntil?: string;
  @Flag({ optional: true, description: 'The doctor may see nobody any more: to be moved, or called off for all back' })
  doctorUnavailable?: true;
  @Nested(() => SearchForView, { optional: true, description: 'To find another doctor by' }) searchFor?: SearchForView;
  @Nested(() => ExaminationView, { optional: true, description: 'Where a rule asks for one before a video visit' })
  examination?: ExaminationView;
  @Nested(() => ProposalView, { optional: true, description: 'Another time, which the doctor proposes' })
  proposal?: ProposalView;
  @Instant() createdAt!: string;
  @Instant({ optional: true, description: 'Of the doctor’s yes' }) acceptedAt?: string;
  @Instant({ optional: true, description: 'Refused, called off, completed, missed or lapsed' }) endedAt?: string;
  @Whole({ min: 1, max: 1_000_000_000 }) version!: number;
}

export class AppointmentList {
  @NestedList(() => AppointmentView, { max: 100 }) items!: AppointmentView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}
