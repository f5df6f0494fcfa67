import { type Confirmation, failureOf, notAuthenticated, secretOf, wrongState } from './confirmation.js';
import type { Methods } from './methods.js';
import type { CardFailure, PaymentMethod, SetupIntent } from './objects.js';
import { flag, metadataOf, type Parameters, text } from './parameters.js';
import { ProviderError } from './provider-error.js';
import { withoutHidden, type AccountState } from './account-state.js';

/** Cards on their way to being kept, for charges without the customer. */
export class SetupIntents {
  constructor(
    private readonly state: AccountState,
    private readonly methods: Methods,
    private readonly confirmation: Confirmation,
  ) {}

  create(parameters: Parameters): SetupIntent {
    const customer = text(parameters, 'customer') ?? null;
    if (customer !== null) this.state.get('customer', customer, 'customer');
    const intent = this.state.create('setup_intent', {
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
    this.state.update(intent, { client_secret: secretOf(intent.id) });
    this.state.recordEvent('setup_intent.created', intent);
    const method = text(parameters, 'payment_method');
    if (method !== undefined) this.confirmation.giveMethod(intent, method);
    return flag(parameters, 'confirm') ? this.confirm(intent, parameters) : intent;
  }

  confirm(intent: SetupIntent, parameters: Parameters): SetupIntent {
    const method = this.confirmation.begin(intent, parameters);
    const { behaviour } = method.hidden;
    if (typeof behaviour === 'object') {
      const failure = failureOf(behaviour.code, behaviour.declines);
      this.refuse(intent, method, failure);
      throw new ProviderError(402, { ...failure, setup_intent: withoutHidden(intent) });
    }
    if (behaviour === 'authenticates-always' || behaviour === 'authenticates-once')
      return this.confirmation.ask(intent);
    return this.save(intent, method);
  }

  /** The customer's answer to the 3-D Secure challenge. */
  authenticate(intent: SetupIntent, succeeds: boolean): SetupIntent {
    const method = this.confirmation.answered(intent);
    return succeeds ? this.save(intent, method) : this.refuse(intent, method, notAuthenticated(intent));
  }

  cancel(intent: SetupIntent, reason: string | null): SetupIntent {
    if (['succeeded', 'canceled'].includes(intent.status)) throw wrongState(intent, 'canceled');
    this.state.update(intent, { status: 'canceled', next_action: null, cancellation_reason: reason });
    this.state.recordEvent('setup_intent.canceled', intent);
    return intent;
  }

  private save(intent: SetupIntent, method: PaymentMethod): SetupIntent {
    if (intent.customer !== null) this.methods.attach(method, intent.customer);
    this.state.update(method, { hidden: { ...method.hidden, setUp: true } });
    this.state.update(intent, { status: 'succeeded', last_setup_error: null, next_action: null });
    this.state.recordEvent('setup_intent.succeeded', intent);
    return intent;
  }

  private refuse(intent: SetupIntent, method: PaymentMethod, failure: CardFailure): SetupIntent {
    this.state.update(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: { ...failure, payment_method: withoutHidden(method) },
    });
    this.state.recordEvent('setup_intent.setup_failed', intent);
    return intent;
  }
}
