import type { Charge, PaymentIntent, PaymentMethod } from './objects.js';
import { stepOf } from './parameters.js';
import type { AccountState } from './account-state.js';

/** An authorisation that is not captured lapses after this. Source: Stripe, « Place a hold on a payment method ». */
const AUTHORISATION_SECONDS = 7 * 86_400;

/** What the provider keeps of a payment: 2.9 %, rounded to the step of the currency. */
export const feeOf = (amount: number, currency: string): number =>
  Math.round((amount * 0.029) / stepOf(currency)) * stepOf(currency);

/** What was asked of the bank for an intent, and what became of it. */
export class Charges {
  constructor(private readonly state: AccountState) {}

  of(intent: PaymentIntent): Charge {
    return this.state.get('charge', intent.latest_charge!);
  }

  /** @param failure why the bank refused; null when it did not */
  create(intent: PaymentIntent, method: PaymentMethod, failure: string | null = null): Charge {
    const { brand, last4 } = method.card;
    const lapses = intent.capture_method === 'manual' && failure === null;
    return this.state.create('charge', {
      amount: intent.amount,
      amount_captured: 0,
      amount_refunded: 0,
      currency: intent.currency,
      captured: false,
      paid: failure === null,
      refunded: false,
      status: failure === null ? 'succeeded' : 'failed',
      customer: intent.customer,
      payment_intent: intent.id,
      payment_method: method.id,
      payment_method_details: {
        type: 'card',
        card: { brand, last4, ...(lapses && { capture_before: this.state.seconds() + AUTHORISATION_SECONDS }) },
      },
      balance_transaction: null,
      failure_code: failure,
      metadata: intent.metadata,
    });
  }

  capture(charge: Charge, amount: number): void {
    const fee = feeOf(amount, charge.currency);
    const { id } = this.state.create('balance_transaction', {
      type: 'charge',
      amount,
      fee,
      net: amount - fee,
      currency: charge.currency,
      source: charge.id,
    });
    this.state.update(charge, { captured: true, amount_captured: amount, balance_transaction: id });
  }

  /** What was only set aside is free again. Stripe calls that a refund as well, though no money ever moved. */
  release(charge: Charge): void {
    this.state.create('refund', {
      amount: charge.amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      status: 'succeeded',
      reason: null,
      balance_transaction: null,
      metadata: {},
    });
    this.state.update(charge, { refunded: true, amount_refunded: charge.amount });
  }

  hasLapsed(charge: Charge): boolean {
    return this.state.seconds() >= (charge.payment_method_details.card.capture_before ?? Infinity);
  }
}
