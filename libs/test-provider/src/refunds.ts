import type { Charge, Refund } from './objects.js';
import { amountOf, metadataOf, type Parameters, text } from './parameters.js';
import { invalid, missing } from './provider-error.js';
import type { AccountState } from './account-state.js';

/** Money back, whole or in parts, never more than was taken. */
export class Refunds {
  constructor(private readonly state: AccountState) {}

  create(parameters: Parameters): Refund {
    const charge = this.chargeOf(parameters);
    if (!charge.captured) throw invalid('This charge has not been captured yet.', 'charge', 'charge_not_refundable');
    const left = charge.amount_captured - charge.amount_refunded;
    if (left === 0)
      throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
    const amount = amountOf(parameters, charge.currency) ?? left;
    if (amount > left) {
      throw invalid(
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        'amount',
        'charge_already_refunded',
      );
    }
    const refund = this.state.create('refund', {
      amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      status: 'succeeded',
      reason: text(parameters, 'reason') ?? null,
      balance_transaction: '',
      metadata: metadataOf(parameters),
    });
    const { id } = this.state.create('balance_transaction', {
      type: 'refund',
      amount: -amount,
      fee: 0,
      net: -amount,
      currency: charge.currency,
      source: refund.id,
    });
    this.state.update(refund, { balance_transaction: id });
    const refunded = charge.amount_refunded + amount;
    this.state.update(charge, { amount_refunded: refunded, refunded: refunded === charge.amount_captured });
    this.state.recordEvent('charge.refunded', charge);
    this.state.recordEvent('refund.created', refund);
    this.state.recordEvent('refund.updated', refund);
    return refund;
  }

  private chargeOf(parameters: Parameters): Charge {
    const [chargeId, intentId] = [text(parameters, 'charge'), text(parameters, 'payment_intent')];
    if (chargeId !== undefined) return this.state.get('charge', chargeId, 'charge');
    if (intentId === undefined) throw missing('payment_intent');
    const intent = this.state.get('payment_intent', intentId, 'payment_intent');
    if (intent.latest_charge === null)
      throw invalid('This PaymentIntent does not have a successful charge to refund.', 'payment_intent');
    return this.state.get('charge', intent.latest_charge);
  }
}
