import { Stripe } from 'stripe';
import {
  type IntentKind,
  type IntentSnapshot,
  type NewIntent,
  type NewSetup,
  PaymentProvider,
  ProviderFailed,
  type ProviderMovement,
  ProviderRefused,
  ProviderUnavailable,
  type SavedMethod,
} from '../../domain/provider.js';
import type { StripeSettings } from './settings.js';
import { cardOf, PAYMENT_EXPANSIONS, paymentSnapshot, SETUP_EXPANSIONS, setupSnapshot } from './snapshots.js';

const TIMEOUT_MS = 15_000;
const MAX_METHODS = 50;
/** What needs no redirect: cards and wallets, whose 3-D Secure happens in the page. */
const CARDS = { enabled: true, allow_redirects: 'never' } as const;
const CLOCKS_DIFFER_S = 3_600;

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** Stripe, by its own SDK; the test provider speaks the same API. */
export class StripeProvider extends PaymentProvider {
  readonly name: 'stripe' | 'test';
  readonly testMode: boolean;
  readonly publishableKey: string;
  private readonly stripe: Stripe;

  constructor({ name, secretKey, publishableKey, url }: StripeSettings) {
    super();
    this.name = name;
    this.testMode = /^(sk|rk)_test_/.test(secretKey);
    this.publishableKey = publishableKey;
    this.stripe = new Stripe(secretKey, {
      timeout: TIMEOUT_MS,
      // The SDK repeats with the same idempotency key, so nothing is done twice.
      maxNetworkRetries: 2,
      telemetry: false,
      appInfo: { name: 'MedFlow' },
      ...(url && { host: url.hostname, port: url.port, protocol: url.protocol.replace(':', '') as 'http' | 'https' }),
    });
  }

  createCustomer(patientId: string, idempotencyKey: string): Promise<string> {
    // No name and no address: a pseudonym is all that Stripe needs.
    return this.ask(
      async () => (await this.stripe.customers.create({ metadata: { patientId } }, { idempotencyKey })).id,
    );
  }

  createPayment({ capture, methodId, ...intent }: NewIntent, idempotencyKey: string): Promise<IntentSnapshot> {
    return this.payment(() =>
      this.stripe.paymentIntents.create(
        { ...this.newPayment(intent), capture_method: capture, ...confirmedWith(methodId) },
        { idempotencyKey },
      ),
    );
  }

  chargeOffSession(
    intent: Omit<NewIntent, 'capture'>,
    method: string,
    idempotencyKey: string,
  ): Promise<IntentSnapshot> {
    return this.payment(() =>
      this.stripe.paymentIntents.create(
        { ...this.newPayment(intent), payment_method: method, off_session: true, confirm: true },
        { idempotencyKey },
      ),
    );
  }

  createSetup(
    { customer, chargeId, appointmentId, methodId }: NewSetup,
    idempotencyKey: string,
  ): Promise<IntentSnapshot> {
    return this.setup(() =>
      this.stripe.setupIntents.create(
        {
          customer,
          usage: 'off_session',
          automatic_payment_methods: CARDS,
          metadata: { ...(chargeId && { chargeId }), ...(appointmentId && { appointmentId }) },
          ...confirmedWith(methodId),
          expand: SETUP_EXPANSIONS,
        },
        { idempotencyKey },
      ),
    );
  }

  async keepMethod(intentId: string, keep: boolean): Promise<void> {
    await this.ask(() =>
      this.stripe.paymentIntents.update(intentId, { setup_future_usage: keep ? 'off_session' : '' }),
    );
  }

  confirm(kind: IntentKind, id: string, payment_method: string, idempotencyKey: string): Promise<IntentSnapshot> {
    return kind === 'payment'
      ? this.payment(() =>
          this.stripe.paymentIntents.confirm(id, { payment_method, expand: PAYMENT_EXPANSIONS }, { idempotencyKey }),
        )
      : this.setup(() =>
          this.stripe.setupIntents.confirm(id, { payment_method, expand: SETUP_EXPANSIONS }, { idempotencyKey }),
        );
  }

  read(kind: IntentKind, id: string): Promise<IntentSnapshot> {
    return kind === 'payment'
      ? this.payment(() => this.stripe.paymentIntents.retrieve(id, { expand: PAYMENT_EXPANSIONS }))
      : this.setup(() => this.stripe.setupIntents.retrieve(id, { expand: SETUP_EXPANSIONS }));
  }

  async findIntent(
    kind: IntentKind,
    { customer, chargeId, since }: { customer: string; chargeId: string; since: Date },
  ): Promise<IntentSnapshot | undefined> {
    // Listed, not searched for: the search knows what happened a minute ago.
    const made = { customer, created: { gte: seconds(since) - CLOCKS_DIFFER_S }, limit: 100 };
    const id = await this.ask(async () => {
      const intents = kind === 'payment' ? this.stripe.paymentIntents.list(made) : this.stripe.setupIntents.list(made);
      for await (const { id, metadata, status } of intents)
        if (metadata?.chargeId === chargeId && status !== 'canceled') return id;
      return undefined;
    });
    return id === undefined ? undefined : this.read(kind, id);
  }

  capture(id: string, idempotencyKey: string): Promise<IntentSnapshot> {
    return this.payment(() =>
      this.stripe.paymentIntents.capture(id, { expand: PAYMENT_EXPANSIONS }, { idempotencyKey }),
    );
  }

  cancel(kind: IntentKind, id: string, idempotencyKey: string): Promise<IntentSnapshot> {
    return kind === 'payment'
      ? this.payment(() => this.stripe.paymentIntents.cancel(id, { expand: PAYMENT_EXPANSIONS }, { idempotencyKey }))
      : this.setup(() => this.stripe.setupIntents.cancel(id, { expand: SETUP_EXPANSIONS }, { idempotencyKey }));
  }

  async refund(payment_intent: string, amount: number, idempotencyKey: string): Promise<IntentSnapshot> {
    await this.ask(() => this.stripe.refunds.create({ payment_intent, amount }, { idempotencyKey }));
    return this.read('payment', payment_intent);
  }

  methods(id: string): Promise<SavedMethod[]> {
    return this.ask(async () => {
      const [customer, { data }] = await Promise.all([
        this.stripe.customers.retrieve(id),
        this.stripe.customers.listPaymentMethods(id, { type: 'card', limit: MAX_METHODS }),
      ]);
      const chosen = customer.deleted ? null : customer.invoice_settings.default_payment_method;
      const defaultId = (typeof chosen === 'object' ? chosen?.id : chosen) ?? data[0]?.id;
      return data.map((method) => ({
        ...cardOf(method)!,
        expMonth: method.card?.exp_month ?? 0,
        expYear: method.card?.exp_year ?? 0,
        isDefault: method.id === defaultId,
      }));
    });
  }

  ownerOf(methodId: string): Promise<string | null | undefined> {
    return this.ask(async () => {
      try {
        const { customer } = await this.stripe.paymentMethods.retrieve(methodId);
        return typeof customer === 'object' ? (customer?.id ?? null) : customer;
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined;
        throw error;
      }
    });
  }

  async removeMethod(methodId: string): Promise<void> {
    await this.ask(() => this.stripe.paymentMethods.detach(methodId));
  }

  async makeDefault(customer: string, methodId: string): Promise<void> {
    await this.ask(() =>
      this.stripe.customers.update(customer, { invoice_settings: { default_payment_method: methodId } }),
    );
  }

  async *movements(from: Date, to: Date): AsyncIterable<ProviderMovement> {
    const rows = this.stripe.balanceTransactions.list({
      created: { gte: seconds(from), lt: seconds(to) + 1 },
      limit: 100,
      expand: ['data.source'],
    });
    try {
      for await (const row of rows) {
        const movement = movementOf(row);
        if (movement) yield movement;
      }
    } catch (error) {
      throw translated(error);
    }
  }

  private newPayment({ chargeId, appointmentId, customer, amount, saveMethod }: Omit<NewIntent, 'capture'>) {
    return {
      amount: amount.amount,
      currency: amount.currency.toLowerCase(),
      customer,
      // The same as the idempotency keys are made from: an intent tells whose it is.
      metadata: { chargeId, appointmentId },
      automatic_payment_methods: CARDS,
      ...(saveMethod && { setup_future_usage: 'off_session' as const }),
      expand: PAYMENT_EXPANSIONS,
    };
  }

  /** A declined card is an answer about the intent like any other. */
  private payment(call: () => Promise<Stripe.PaymentIntent>): Promise<IntentSnapshot> {
    return this.intent(async () => paymentSnapshot(await call()));
  }

  private setup(call: () => Promise<Stripe.SetupIntent>): Promise<IntentSnapshot> {
    return this.intent(async () => setupSnapshot(await call()));
  }

  private async intent(call: () => Promise<IntentSnapshot>): Promise<IntentSnapshot> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError) {
        // What stands in the error is not expanded; the decline itself counts, not what came after.
        const declineCode = error.decline_code ?? error.code ?? 'generic_decline';
        const raw = error as { payment_intent?: { id: string }; setup_intent?: { id: string } };
        if (raw.payment_intent) return { ...(await this.read('payment', raw.payment_intent.id)), declineCode };
        if (raw.setup_intent) return { ...(await this.read('setup', raw.setup_intent.id)), declineCode };
      }
      throw translated(error);
    }
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw translated(error);
    }
  }
}

const confirmedWith = (payment_method: string | undefined) =>
  payment_method === undefined ? {} : { payment_method, confirm: true as const };

/**
 * What is certain not to have happened is refused; everything else may have. Stripe keeps its own failures under their
 * keys (« Idempotent requests »), and takes no key for a request that was changed, as by a new version of ours.
 */
function translated(error: unknown): unknown {
  const { StripeError, StripeIdempotencyError, StripeInvalidRequestError, StripeCardError } = Stripe.errors;
  if (error instanceof StripeInvalidRequestError || error instanceof StripeCardError) {
    return new ProviderRefused(error.code ?? error.type, error.message, error.param);
  }
  if (!(error instanceof StripeError)) return error;
  const { statusCode = 0, message } = error;
  const keyIsSpent = statusCode >= 500 || (error instanceof StripeIdempotencyError && statusCode === 400);
  return keyIsSpent ? new ProviderFailed(message) : new ProviderUnavailable(message);
}

function movementOf(row: Stripe.BalanceTransaction): ProviderMovement | undefined {
  const source = typeof row.source === 'object' ? row.source : null;
  const about = { id: row.id, amount: row.amount, fee: row.fee, currency: row.currency.toUpperCase() };
  const at = new Date(row.created * 1000);
  if (source?.object === 'charge' && (row.type === 'charge' || row.type === 'payment')) {
    const intent = typeof source.payment_intent === 'object' ? source.payment_intent?.id : source.payment_intent;
    return intent ? { ...about, at, kind: 'payment', source: intent } : undefined;
  }
  if (source?.object === 'refund') return { ...about, at, kind: 'refund', source: source.id };
  return undefined;
}
