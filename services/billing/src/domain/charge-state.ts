import type { CardSummary, IntentKind, ProviderRefund } from './provider.js';
import type { Refusal } from './refusal.js';
import type { Mode, Money } from './values.js';

export type ChargeStatus =
  | 'none'
  | 'due'
  | 'requires-action'
  | 'processing'
  | 'authorised'
  | 'paid'
  | 'failed'
  | 'voided'
  | 'partly-refunded'
  | 'refunded';

/**
 * The appointment as far as money is concerned; `lost`: its hold lapsed and the time is somebody else's; `without-doctor`:
 * accepted, and the doctor may see nobody for now.
 */
export type AppointmentStatus =
  | 'held'
  | 'requested'
  | 'accepted'
  | 'without-doctor'
  | 'rejected'
  | 'cancelled'
  | 'completed'
  | 'missed'
  | 'expired'
  | 'lost';

/** It has come to nothing: what was taken is to go back. */
export const ENDED: readonly AppointmentStatus[] = ['rejected', 'cancelled', 'expired', 'lost'];

export type Timing = 'at-booking' | 'after-acceptance';

/** What an intent is made for: to take an amount, at once or when it is captured, or to save a card. */
export interface IntentPlan {
  readonly kind: IntentKind;
  readonly capture: 'manual' | 'automatic';
}

export interface PaymentAttempt {
  /** Absent where the intent is only made and the page confirms it. */
  readonly methodId?: string;
  readonly at: Date;
  /** The intent that the request makes; absent where it confirms the one that is known. */
  readonly creates?: IntentPlan;
}

export interface ChargeState {
  /** Also the id of the payment: an appointment has one at most. */
  readonly id: string;
  readonly appointmentId: string;
  readonly patientId: string;
  readonly doctorId: string;
  readonly startsAt: Date;
  readonly mode: Mode;
  readonly amount: Money;
  readonly timing: Timing;
  readonly appointment: AppointmentStatus;
  /** Version of the appointment that `appointment` is from. */
  readonly appointmentSequence: number;
  /** Of what is taken, so much is to go back. */
  readonly owed: number;
  readonly status: ChargeStatus;
  readonly intent?: { readonly id: string; readonly kind: IntentKind };
  /** Rises with each intent of this charge, so that each has keys of its own. */
  readonly round: number;
  /** Requests with a payment method that the server has begun. */
  readonly attempts: number;
  /** A request to the provider whose outcome is not known yet. */
  readonly attempt?: PaymentAttempt;
  /** The patient wants the card kept. */
  readonly saveMethod: boolean;
  /** To be charged when the doctor accepts. */
  readonly savedMethod?: string;
  /** The saved method is being charged: asked for, and not known what came of it. */
  readonly charging?: true;
  /** Set aside at the bank. */
  readonly held: number;
  readonly captured: number;
  readonly fee?: number;
  readonly refunds: readonly ProviderRefund[];
  readonly method?: CardSummary;
  readonly declineCode?: string;
  readonly receiptNumber?: string;
  readonly paidAt?: Date;
  /** When to look again; null when nothing is awaited. */
  readonly checkAt: Date | null;
  /** Looks in a row that changed nothing. */
  readonly checks: number;
  /** The provider's last word on the step that is to be done. */
  readonly refusal?: Refusal;
  /** Attempts in a row of which nobody knows what came. */
  readonly failures?: number;
  readonly createdAt: Date;
  readonly version: number;
}

export const refundedOf = ({ refunds }: Pick<ChargeState, 'refunds'>): number =>
  refunds.reduce((sum, { amount, status }) => (status === 'failed' ? sum : sum + amount), 0);
