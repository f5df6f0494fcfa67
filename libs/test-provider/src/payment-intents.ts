import type { Charges } from './charges.js';
import { type Confirmation, failureOf, notAuthenticated, secretOf, wrongState } from './confirmation.js';
import type { Methods } from './methods.js';
import type { CardFailure, PaymentIntent, PaymentMethod } from './objects.js';
import { amountOf, chargeOf, currencyOf, flag, metadataOf, type Parameters, text } from './parameters.js';
import { invalid, missing, ProviderError } from './provider-error.js';
import { withoutHidden, type AccountState } from './account-state.js';

/** Payments through all their states. */
export class PaymentIntents {
  /** Money set aside at this moment. */
  private readonly held: Set<string>;

  constructor(
    private readonly state: AccountState,
    private readonly methods: Methods,
    private readonly charges: Charges,
    private readonly confirmation: Confirmation,
  ) {
    const held = state.all('payment_intent').filter(({ status }) => status === 'requires_capture');
    this.held = new Set(held.map(({ id }) => id));
  }

  create(parameters: Parameters): PaymentIntent {
    const currency = currencyOf(parameters);
    const amount = chargeOf(parameters, currency);
    if (amount === undefined) throw missing('amount');
    const customer = text(parameters, 'customer') ?? null;
    if (customer !== null) this.state.get('customer', customer, 'customer');
    const intent = this.state.create('payment_intent', {
      amount,
      amount_capturable: 0,
      amount_received: 0,
      currency,
      customer,
      status: 'requires_payment_method',
      capture_method: text(parameters, 'capture_method') === 'manual' ? 'manual' : 'automatic',
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
    this.state.update(intent, { client_secret: secretOf(intent.id) });
    this.state.recordEvent('payment_intent.created', intent);
    const method = text(parameters, 'payment_method');
    if (method !== undefined) this.confirmation.giveMethod(intent, method);
    return flag(parameters, 'confirm') ? this.confirm(intent, parameters) : intent;
  }

  update(intent: PaymentIntent, parameters: Parameters): PaymentIntent {
    if (['succeeded', 'canceled'].includes(intent.status)) throw wrongState(intent, 'updated');
    const usage = futureUsage(parameters);
    if (usage !== undefined) this.state.update(intent, { setup_future_usage: usage });
    if (parameters.metadata) this.state.update(intent, { metadata: { ...intent.metadata, ...metadataOf(parameters) } });
    return intent;
  }

  confirm(intent: PaymentIntent, parameters: Parameters): PaymentIntent {
    const method = this.confirmation.begin(intent, parameters);
    const usage = futureUsage(parameters);
    if (usage !== undefined) this.state.update(intent, { setup_future_usage: usage });
    const { behaviour, setUp } = method.hidden;
    const away = flag(parameters, 'off_session');
    const authenticates = behaviour === 'authenticates-always' || (behaviour === 'authenticates-once' && !setUp);
    if (typeof behaviour === 'object') return this.decline(intent, method, behaviour.code, behaviour.declines);
    if (behaviour === 'fails-when-charged') return this.decline(intent, method, 'card_declined', 'generic_decline');
    if (authenticates && away)
      return this.decline(intent, method, 'authentication_required', 'authentication_required');
    if (authenticates) return this.confirmation.ask(intent);
    return this.charge(intent, method);
  }

  /** The customer's answer to the 3-D Secure challenge. */
  authenticate(intent: PaymentIntent, succeeds: boolean): PaymentIntent {
    const method = this.confirmation.answered(intent);
    if (succeeds) return this.charge(intent, method);
    return this.refuse(intent, method, notAuthenticated(intent));
  }

  capture(intent: PaymentIntent, parameters: Parameters): PaymentIntent {
    if (intent.status !== 'requires_capture') throw wrongState(intent, 'captured');
    const amount = amountOf(parameters, intent.currency, 'amount_to_capture') ?? intent.amount_capturable;
    if (amount > intent.amount_capturable)
      throw invalid('The amount is greater than what can be captured.', 'amount_to_capture', 'amount_too_large');
    const charge = this.charges.of(intent);
    this.charges.capture(charge, amount);
    this.state.update(intent, { status: 'succeeded', amount_capturable: 0, amount_received: amount });
    this.state.recordEvent('charge.captured', charge);
    this.state.recordEvent('payment_intent.succeeded', intent);
    return intent;
  }

  cancel(intent: PaymentIntent, reason: string | null): PaymentIntent {
    if (['succeeded', 'canceled'].includes(intent.status)) throw wrongState(intent, 'canceled');
    if (intent.status === 'requires_capture') {
      const charge = this.charges.of(intent);
      this.charges.release(charge);
      this.state.recordEvent(reason === 'automatic' ? 'charge.expired' : 'charge.refunded', charge);
    }
    this.state.update(intent, {
      status: 'canceled',
      amount_capturable: 0,
      next_action: null,
      cancellation_reason: reason,
      canceled_at: this.state.seconds(),
    });
    this.state.recordEvent('payment_intent.canceled', intent);
    return intent;
  }

  /** The bank lets go of what nobody captured in time. */
  lapse(): void {
    for (const id of this.held) {
      const intent = this.state.find(id);
      if (intent?.object !== 'payment_intent' || intent.status !== 'requires_capture') this.held.delete(id);
      else if (this.charges.hasLapsed(this.charges.of(intent))) this.cancel(intent, 'automatic');
    }
  }

  private charge(intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
    const manual = intent.capture_method === 'manual';
    const charge = this.charges.create(intent, method);
    const change = { latest_charge: charge.id, last_payment_error: null, next_action: null };
    if (manual) {
      this.state.update(intent, { ...change, status: 'requires_capture', amount_capturable: intent.amount });
      this.held.add(intent.id);
    } else {
      this.charges.capture(charge, intent.amount);
      this.state.update(intent, { ...change, status: 'succeeded', amount_received: intent.amount });
    }
    if (intent.setup_future_usage !== null && intent.customer !== null) {
      this.methods.attach(method, intent.customer);
      this.state.update(method, { hidden: { ...method.hidden, setUp: true } });
    }
    this.methods.spend(method);
    this.state.recordEvent('charge.succeeded', charge);
    this.state.recordEvent(manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', intent);
    return intent;
  }

  private decline(intent: PaymentIntent, method: PaymentMethod, code: string, declineCode: string): never {
    const failure = failureOf(code, declineCode);
    const charge = this.charges.create(intent, method, code);
    this.state.update(intent, { latest_charge: charge.id });
    this.refuse(intent, method, failure);
    this.state.recordEvent('charge.failed', charge);
    throw new ProviderError(402, {
      ...failure,
      payment_intent: withoutHidden(intent),
      payment_method: withoutHidden(method),
    });
  }

  private refuse(intent: PaymentIntent, method: PaymentMethod, failure: CardFailure): PaymentIntent {
    this.state.update(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { ...failure, payment_method: withoutHidden(method) },
    });
    this.state.recordEvent('payment_intent.payment_failed', intent);
    return intent;
  }
}

function futureUsage(parameters: Parameters): PaymentIntent['setup_future_usage'] | undefined {
  const usage = parameters.setup_future_usage;
  if (usage === 'off_session' || usage === 'on_session') return usage;
  return usage === '' ? null : undefined;
}
