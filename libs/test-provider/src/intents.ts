import { randomBytes } from 'node:crypto';
import type { CardFailure, Charge, PaymentIntent, PaymentMethod, SetupIntent } from './objects.js';
import { belongsToAnother, type Methods } from './methods.js';
import { amountOf, flag, metadataOf, type Parameters, requiredText, stepOf, text } from './parameters.js';
import { invalid, missing, ProviderError, unexpectedState } from './provider-error.js';
import { shown, type World } from './world.js';

/** An authorisation that is not captured lapses after this. Source: Stripe, « Place a hold on a payment method ». */
const AUTHORISATION_SECONDS = 7 * 86_400;

/** What the provider keeps of a payment: 2.9 %, rounded to the step of the currency. */
export const feeOf = (amount: number, currency: string): number =>
  Math.round((amount * 0.029) / stepOf(currency)) * stepOf(currency);

const secretOf = (id: string): string => `${id}_secret_${randomBytes(12).toString('hex')}`;

/** Payment and setup intents through all their states. */
export class Intents {
  constructor(
    private readonly world: World,
    private readonly methods: Methods,
  ) {}

  createPayment(parameters: Parameters): PaymentIntent {
    const currency = requiredText(parameters, 'currency').toLowerCase();
    const amount = amountOf(parameters, currency);
    if (amount === undefined) throw missing('amount');
    const customer = text(parameters, 'customer') ?? null;
    if (customer !== null) this.world.get('customer', customer, 'customer');
    const capture = text(parameters, 'capture_method') === 'manual' ? 'manual' : 'automatic';
    const intent = this.world.create('payment_intent', {
      amount,
      amount_capturable: 0,
      amount_received: 0,
      currency,
      customer,
      status: 'requires_payment_method',
      capture_method: capture,
      client_secret: '',
      payment_method: null,
      latest_charge: null,
      last_payment_error: null,
      next_action: null,
      setup_future_usage: futureUsage(parameters) ?? null,
      cancellation_reason: null,
      canceled_at: null,
      metadata: metadataOf(parameters),
      livemode: false,
    });
    this.world.update(intent, { client_secret: secretOf(intent.id) });
    this.world.tell('payment_intent.created', intent);
    const method = text(parameters, 'payment_method');
    if (method !== undefined) this.giveMethod(intent, method);
    return flag(parameters, 'confirm') ? this.confirmPayment(intent, parameters) : intent;
  }

  updatePayment(intent: PaymentIntent, parameters: Parameters): PaymentIntent {
    if (['succeeded', 'canceled'].includes(intent.status)) throw wrongState(intent, 'updated');
    const usage = futureUsage(parameters);
    if (usage !== undefined) this.world.update(intent, { setup_future_usage: usage });
    if (parameters.metadata) this.world.update(intent, { metadata: { ...intent.metadata, ...metadataOf(parameters) } });
    return intent;
  }

  confirmPayment(intent: PaymentIntent, parameters: Parameters): PaymentIntent {
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
      throw wrongState(intent, 'confirmed');
    const named = text(parameters, 'payment_method');
    if (named !== undefined) this.giveMethod(intent, named);
    if (intent.payment_method === null) {
      throw invalid(
        'You cannot confirm this PaymentIntent because it is missing a payment method.',
        undefined,
        'payment_intent_unexpected_state',
      );
    }
    const usage = futureUsage(parameters);
    if (usage !== undefined) this.world.update(intent, { setup_future_usage: usage });
    const method = this.world.get('payment_method', intent.payment_method);
    const { behaviour, setUp } = method.hidden;
    const away = flag(parameters, 'off_session');
    const authenticates = behaviour === 'authenticates-always' || (behaviour === 'authenticates-once' && !setUp);
    if (typeof behaviour === 'object') return this.declinePayment(intent, method, behaviour.code, behaviour.declines);
    if (behaviour === 'fails-when-charged')
      return this.declinePayment(intent, method, 'card_declined', 'generic_decline');
    if (authenticates && away)
      return this.declinePayment(intent, method, 'authentication_required', 'authentication_required');
    if (authenticates) return this.ask(intent);
    return this.charge(intent, method);
  }

  /** The customer's answer to the 3-D Secure challenge. */
  authenticatePayment(intent: PaymentIntent, succeeds: boolean): PaymentIntent {
    if (intent.status !== 'requires_action') throw wrongState(intent, 'authenticated');
    this.world.update(intent, { next_action: null });
    const method = this.world.get('payment_method', intent.payment_method!);
    if (succeeds) return this.charge(intent, method);
    this.refuse(intent, method, {
      type: 'card_error',
      code: 'payment_intent_authentication_failure',
      message: 'We are unable to authenticate your payment method.',
    });
    return intent;
  }

  capture(intent: PaymentIntent, parameters: Parameters): PaymentIntent {
    this.lapse(intent);
    if (intent.status !== 'requires_capture') throw wrongState(intent, 'captured');
    const amount = amountOf(parameters, intent.currency, 'amount_to_capture') ?? intent.amount_capturable;
    if (amount > intent.amount_capturable)
      throw invalid('The amount is greater than what can be captured.', 'amount_to_capture', 'amount_too_large');
    const charge = this.world.get('charge', intent.latest_charge!);
    this.take(charge, amount);
    this.world.update(intent, { status: 'succeeded', amount_capturable: 0, amount_received: amount });
    this.world.tell('charge.captured', charge);
    this.world.tell('payment_intent.succeeded', intent);
    return intent;
  }

  cancelPayment(intent: PaymentIntent, reason: string | null): PaymentIntent {
    if (['succeeded', 'canceled'].includes(intent.status)) throw wrongState(intent, 'canceled');
    this.world.update(intent, {
      status: 'canceled',
      amount_capturable: 0,
      next_action: null,
      cancellation_reason: reason,
      canceled_at: this.world.seconds(),
    });
    this.world.tell('payment_intent.canceled', intent);
    return intent;
  }

  /** The bank lets go of what nobody captured in time. */
  lapse(intent: PaymentIntent): PaymentIntent {
    if (intent.status !== 'requires_capture') return intent;
    const charge = this.world.get('charge', intent.latest_charge!);
    const before = charge.payment_method_details.card.capture_before ?? Infinity;
    return this.world.seconds() >= before ? this.cancelPayment(intent, 'automatic') : intent;
  }

  createSetup(parameters: Parameters): SetupIntent {
    const customer = text(parameters, 'customer') ?? null;
    if (customer !== null) this.world.get('customer', customer, 'customer');
    const intent = this.world.create('setup_intent', {
      customer,
      status: 'requires_payment_method',
      client_secret: '',
      payment_method: null,
      last_setup_error: null,
      next_action: null,
      usage: text(parameters, 'usage') === 'on_session' ? 'on_session' : 'off_session',
      cancellation_reason: null,
      metadata: metadataOf(parameters),
      livemode: false,
    });
    this.world.update(intent, { client_secret: secretOf(intent.id) });
    this.world.tell('setup_intent.created', intent);
    const method = text(parameters, 'payment_method');
    if (method !== undefined) this.giveMethod(intent, method);
    return flag(parameters, 'confirm') ? this.confirmSetup(intent, parameters) : intent;
  }

  confirmSetup(intent: SetupIntent, parameters: Parameters): SetupIntent {
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
      throw wrongState(intent, 'confirmed');
    const named = text(parameters, 'payment_method');
    if (named !== undefined) this.giveMethod(intent, named);
    if (intent.payment_method === null)
      throw invalid('The SetupIntent is missing a payment method.', undefined, 'setup_intent_unexpected_state');
    const method = this.world.get('payment_method', intent.payment_method);
    const { behaviour } = method.hidden;
    if (typeof behaviour === 'object') {
      const failure = failureOf(behaviour.code, behaviour.declines);
      this.world.update(intent, {
        status: 'requires_payment_method',
        payment_method: null,
        last_setup_error: { ...failure, payment_method: shown(method) },
      });
      this.world.tell('setup_intent.setup_failed', intent);
      throw new ProviderError(402, { ...failure, setup_intent: shown(intent) });
    }
    if (behaviour === 'authenticates-always' || behaviour === 'authenticates-once') return this.ask(intent);
    return this.saveMethod(intent, method);
  }

  authenticateSetup(intent: SetupIntent, succeeds: boolean): SetupIntent {
    if (intent.status !== 'requires_action') throw wrongState(intent, 'authenticated');
    this.world.update(intent, { next_action: null });
    const method = this.world.get('payment_method', intent.payment_method!);
    if (succeeds) return this.saveMethod(intent, method);
    this.world.update(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: {
        type: 'card_error',
        code: 'setup_intent_authentication_failure',
        message: 'We are unable to authenticate your payment method.',
        payment_method: shown(method),
      },
    });
    this.world.tell('setup_intent.setup_failed', intent);
    return intent;
  }

  cancelSetup(intent: SetupIntent, reason: string | null): SetupIntent {
    if (['succeeded', 'canceled'].includes(intent.status)) throw wrongState(intent, 'canceled');
    this.world.update(intent, { status: 'canceled', next_action: null, cancellation_reason: reason });
    this.world.tell('setup_intent.canceled', intent);
    return intent;
  }

  private saveMethod(intent: SetupIntent, method: PaymentMethod): SetupIntent {
    if (intent.customer !== null) this.methods.attach(method, intent.customer);
    this.world.update(method, { hidden: { ...method.hidden, setUp: true } });
    this.world.update(intent, { status: 'succeeded', last_setup_error: null, next_action: null });
    this.world.tell('setup_intent.succeeded', intent);
    return intent;
  }

  private giveMethod(intent: PaymentIntent | SetupIntent, id: string): void {
    const method = this.methods.resolve(id);
    if (method.customer !== null && method.customer !== intent.customer) throw belongsToAnother();
    this.world.update(intent as PaymentIntent, { payment_method: method.id, status: 'requires_confirmation' });
  }

  private ask<T extends PaymentIntent | SetupIntent>(intent: T): T {
    this.world.update(intent as PaymentIntent, {
      status: 'requires_action',
      next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
    });
    this.world.tell(`${intent.object}.requires_action`, intent);
    return intent;
  }

  private charge(intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
    const manual = intent.capture_method === 'manual';
    const charge = this.newCharge(intent, method, 'succeeded', null);
    const change = { latest_charge: charge.id, last_payment_error: null, next_action: null };
    if (manual) {
      this.world.update(intent, { ...change, status: 'requires_capture', amount_capturable: intent.amount });
    } else {
      this.take(charge, intent.amount);
      this.world.update(intent, { ...change, status: 'succeeded', amount_received: intent.amount });
    }
    if (intent.setup_future_usage !== null && intent.customer !== null) {
      this.methods.attach(method, intent.customer);
      this.world.update(method, { hidden: { ...method.hidden, setUp: true } });
    }
    this.world.tell('charge.succeeded', charge);
    this.world.tell(manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', intent);
    return intent;
  }

  private take(charge: Charge, amount: number): void {
    const fee = feeOf(amount, charge.currency);
    const { id } = this.world.create('balance_transaction', {
      type: 'charge',
      amount,
      fee,
      net: amount - fee,
      currency: charge.currency,
      source: charge.id,
    });
    this.world.update(charge, { captured: true, amount_captured: amount, balance_transaction: id });
  }

  private declinePayment(intent: PaymentIntent, method: PaymentMethod, code: string, declineCode: string): never {
    const failure = failureOf(code, declineCode);
    const charge = this.newCharge(intent, method, 'failed', code);
    this.world.update(intent, { latest_charge: charge.id });
    this.refuse(intent, method, failure);
    this.world.tell('charge.failed', charge);
    throw new ProviderError(402, { ...failure, payment_intent: shown(intent), payment_method: shown(method) });
  }

  private refuse(intent: PaymentIntent, method: PaymentMethod, failure: CardFailure): void {
    this.world.update(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { ...failure, payment_method: shown(method) },
    });
    this.world.tell('payment_intent.payment_failed', intent);
  }

  private newCharge(
    intent: PaymentIntent,
    method: PaymentMethod,
    status: Charge['status'],
    failure: string | null,
  ): Charge {
    const { brand, last4 } = method.card;
    const lapses = intent.capture_method === 'manual' && status === 'succeeded';
    return this.world.create('charge', {
      amount: intent.amount,
      amount_captured: 0,
      amount_refunded: 0,
      currency: intent.currency,
      captured: false,
      paid: status === 'succeeded',
      refunded: false,
      status,
      customer: intent.customer,
      payment_intent: intent.id,
      payment_method: method.id,
      payment_method_details: {
        type: 'card',
        card: { brand, last4, ...(lapses && { capture_before: this.world.seconds() + AUTHORISATION_SECONDS }) },
      },
      balance_transaction: null,
      failure_code: failure,
      metadata: intent.metadata,
    });
  }
}

const failureOf = (code: string, declineCode: string): CardFailure => ({
  type: 'card_error',
  code,
  decline_code: declineCode,
  message: 'Your card was declined.',
});

function futureUsage(parameters: Parameters): PaymentIntent['setup_future_usage'] | undefined {
  const usage = parameters.setup_future_usage;
  if (usage === 'off_session' || usage === 'on_session') return usage;
  return usage === '' ? null : undefined;
}

const wrongState = (intent: PaymentIntent | SetupIntent, done: string): ProviderError =>
  unexpectedState(
    intent.object,
    `This ${intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'} could not be ${done} because it has a status of ${intent.status}.`,
  );
