import type { Money } from './values.js';

/** How a card is shown. */
export interface CardSummary {
  readonly brand: string;
  readonly last4: string;
}

export interface SavedMethod extends CardSummary {
  readonly id: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly isDefault: boolean;
}

/** Whether an amount is to be taken, or a card only saved to be charged later. */
export type IntentKind = 'payment' | 'setup';

/** Stripe's words for the states of an intent. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

export interface ProviderRefund {
  readonly id: string;
  readonly amount: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
}

/** An intent as the provider has it now; amounts in minor units. */
export interface IntentSnapshot {
  readonly id: string;
  readonly kind: IntentKind;
  readonly status: IntentStatus;
  readonly clientSecret: string;
  /** Taken so far, refunds not deducted. */
  readonly captured: number;
  /** Of what is taken; undefined while the provider has not booked it. */
  readonly fee?: number;
  readonly refunds: readonly ProviderRefund[];
  /** Why the last attempt failed. */
  readonly declineCode?: string;
  readonly method?: CardSummary & { readonly id: string };
}

const MOVED: readonly IntentStatus[] = ['requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled'];

/** The intent if a confirmation has led anywhere. */
export const ifMoved = (seen: IntentSnapshot): IntentSnapshot | undefined =>
  MOVED.includes(seen.status) ? seen : undefined;

export interface NewIntent {
  readonly chargeId: string;
  readonly appointmentId: string;
  readonly customer: string;
  readonly amount: Money;
  /** Authorise only, or take at once. */
  readonly capture: 'manual' | 'automatic';
  readonly saveMethod: boolean;
  /** Given, the intent is confirmed with it in the same call. */
  readonly methodId?: string;
}

export interface NewSetup {
  readonly customer: string;
  /** Absent when a card is added without a payment. */
  readonly chargeId?: string;
  readonly appointmentId?: string;
  /** Given, the intent is confirmed with it in the same call. */
  readonly methodId?: string;
}

/** One movement of money as the provider booked it. */
export interface ProviderMovement {
  readonly id: string;
  readonly kind: 'payment' | 'refund';
  /** Id of the intent, or of the refund. */
  readonly source: string;
  readonly chargeId?: string;
  /** Positive in, negative out. */
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly at: Date;
}

/**
 * The payment provider. Every call that changes something takes an idempotency key: under the same key it happens once,
 * however often it is asked for, and is answered the same, a failure included.
 * @throws ProviderUnavailable when it is not known whether anything happened; ProviderRefused when nothing did
 */
export abstract class PaymentProvider {
  abstract readonly name: 'stripe' | 'test';
  /** Cards are not real: the built-in provider, or Stripe with test keys. */
  abstract readonly testMode: boolean;
  /** For the page; no secret. */
  abstract readonly publishableKey: string;

  /** @returns the provider's id of the customer */
  abstract createCustomer(patientId: string, key: string): Promise<string>;
  abstract createPayment(intent: NewIntent, key: string): Promise<IntentSnapshot>;
  abstract createSetup(setup: NewSetup, key: string): Promise<IntentSnapshot>;
  /** Whether the card of a payment that is not confirmed yet is to be kept. */
  abstract keepMethod(intentId: string, keep: boolean): Promise<void>;
  abstract confirm(kind: IntentKind, intentId: string, methodId: string, key: string): Promise<IntentSnapshot>;
  /** Charges a saved method while the patient is away. */
  abstract chargeOffSession(intent: NewIntent, methodId: string, key: string): Promise<IntentSnapshot>;
  abstract read(kind: IntentKind, intentId: string): Promise<IntentSnapshot>;
  /** The newest intent that was made for the charge since then and is not cancelled. */
  abstract findIntent(
    kind: IntentKind,
    made: { customer: string; chargeId: string; since: Date },
  ): Promise<IntentSnapshot | undefined>;
  abstract capture(intentId: string, key: string): Promise<IntentSnapshot>;
  abstract cancel(kind: IntentKind, intentId: string, key: string): Promise<IntentSnapshot>;
  /** @returns the payment intent after it */
  abstract refund(intentId: string, amount: number, key: string): Promise<IntentSnapshot>;

  abstract methods(customer: string): Promise<SavedMethod[]>;
  /** Whose method it is; null when nobody's, undefined when there is none of that id. */
  abstract ownerOf(methodId: string): Promise<string | null | undefined>;
  abstract removeMethod(methodId: string): Promise<void>;
  abstract makeDefault(customer: string, methodId: string): Promise<void>;

  /** What moved in [from, to), oldest first. */
  abstract movements(from: Date, to: Date): AsyncIterable<ProviderMovement>;
}

/** The provider did not answer, or could not: nobody knows whether it happened. The same key may be tried again. */
export class ProviderUnavailable extends Error {
  readonly code = 'payment-provider-unavailable';
  readonly kind = 'unavailable';
  readonly retryAfterSeconds = 5;
}

/** The provider failed at it (5xx): it may have happened, and asking again under the same key is answered the same. */
export class ProviderFailed extends ProviderUnavailable {}

/** The provider understood and will not: wrong state, unknown id, bad parameter. Nothing happened. */
export class ProviderRefused extends Error {
  /** @param parameter the one that it was about, in Stripe's words */
  constructor(
    readonly reason: string,
    message: string,
    readonly parameter?: string,
  ) {
    super(message);
  }
}
