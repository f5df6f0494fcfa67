import type { Behaviour } from './cards.js';

/** Stripe's objects, as far as they are kept here; fields named as Stripe names them, times in seconds. */
export interface Base {
  id: string;
  object: string;
  created: number;
}

export interface Customer extends Base {
  object: 'customer';
  metadata: Record<string, string>;
  name: string | null;
  email: string | null;
  invoice_settings: { default_payment_method: string | null };
  deleted?: true;
}

export interface PaymentMethod extends Base {
  object: 'payment_method';
  type: 'card';
  customer: string | null;
  card: { brand: string; last4: string; exp_month: number; exp_year: number; fingerprint: string };
  metadata: Record<string, string>;
  /**
   * Ours, never shown: what it does when used, whether it was authenticated for later, and whether it was used without
   * a customer or taken from one, after which Stripe lets nobody use it again.
   */
  hidden: { behaviour: Behaviour; setUp: boolean; spent?: boolean };
}

export interface CardFailure {
  type: 'card_error';
  code: string;
  decline_code?: string;
  message: string;
  payment_method?: PaymentMethod;
}

type Open = 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing';

export interface PaymentIntent extends Base {
  object: 'payment_intent';
  amount: number;
  amount_capturable: number;
  amount_received: number;
  currency: string;
  customer: string | null;
  status: Open | 'requires_capture' | 'succeeded' | 'canceled';
  capture_method: 'automatic' | 'manual';
  client_secret: string;
  payment_method: string | null;
  latest_charge: string | null;
  last_payment_error: CardFailure | null;
  next_action: { type: 'use_stripe_sdk'; use_stripe_sdk: object } | null;
  setup_future_usage: 'off_session' | 'on_session' | null;
  cancellation_reason: string | null;
  canceled_at: number | null;
  metadata: Record<string, string>;
  livemode: false;
}

export interface SetupIntent extends Base {
  object: 'setup_intent';
  customer: string | null;
  status: Open | 'succeeded' | 'canceled';
  client_secret: string;
  payment_method: string | null;
  last_setup_error: CardFailure | null;
  next_action: PaymentIntent['next_action'];
  usage: 'off_session' | 'on_session';
  cancellation_reason: string | null;
  metadata: Record<string, string>;
  livemode: false;
}

export interface Charge extends Base {
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  currency: string;
  captured: boolean;
  paid: boolean;
  refunded: boolean;
  status: 'succeeded' | 'failed';
  customer: string | null;
  payment_intent: string;
  payment_method: string;
  payment_method_details: { type: 'card'; card: { brand: string; last4: string; capture_before?: number } };
  balance_transaction: string | null;
  failure_code: string | null;
  metadata: Record<string, string>;
}

export interface Refund extends Base {
  object: 'refund';
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  status: 'succeeded';
  reason: string | null;
  /** None where money was only set aside. */
  balance_transaction: string | null;
  metadata: Record<string, string>;
}

export interface BalanceTransaction extends Base {
  object: 'balance_transaction';
  type: 'charge' | 'refund';
  amount: number;
  fee: number;
  net: number;
  currency: string;
  source: string;
}

export interface ProviderEvent extends Base {
  object: 'event';
  type: string;
  api_version: string;
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  data: { object: unknown };
}

export type Kept =
  Customer | PaymentMethod | PaymentIntent | SetupIntent | Charge | Refund | BalanceTransaction | ProviderEvent;
