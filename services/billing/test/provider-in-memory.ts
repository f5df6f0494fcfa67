import { movable } from '../src/domain/price.js';
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
} from '../src/domain/provider.js';
import type { ProviderEvent } from '../src/domain/provider-event.js';
import type { Money } from '../src/domain/values.js';
import { turn } from './fakes.js';

interface Intent {
  id: string;
  kind: IntentKind;
  chargeId: string;
  amount: number;
  currency: string;
  capture: 'manual' | 'automatic';
  status: IntentSnapshot['status'];
  method?: string;
  declineCode?: string;
  /** Money was set aside or taken, or the card was saved. */
  wasSecured: boolean;
  captures: number;
  refunds: number[];
}

export const card = { good: 'pm_good', declined: 'pm_declined', secure: 'pm_secure', failsLater: 'pm_fails_later' };

/**
 * What goes wrong with a call: it never arrives; its answer is lost after the work; it is answered with a failure before the
 * work or after it, and the same failure again to whoever comes with the same key.
 */
export type Fault = 'unsent' | 'lost' | 'failed-before' | 'failed-after' | undefined;

const CONFIRMABLE: readonly IntentSnapshot['status'][] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];
const FEE = 10;

const refused = (reason: string, message: string, parameter?: string) =>
  new ProviderRefused(reason, message, parameter);

/**
 * A provider that keeps its word as Stripe does: what comes under one key happens once, a key is good for one request only,
 * and what the state or the amount does not allow is refused.
 */
export class ProviderInMemory extends PaymentProvider {
  readonly name = 'test';
  readonly testMode = true;
  readonly publishableKey = 'pk_test';
  readonly intents = new Map<string, Intent>();
  /** What happened, each as a webhook tells of it. */
  readonly events: ProviderEvent[] = [];
  private readonly answers = new Map<string, { request: string; answer: IntentSnapshot | ProviderFailed }>();
  /** Of the coming calls, in order. */
  faults: Fault[] = [];
  /** Of every refund, as the provider does where its account is empty. */
  refusesRefunds = false;
  calls = 0;

  async createCustomer(patientId: string): Promise<string> {
    return `cus-${patientId}`;
  }

  createPayment(intent: NewIntent, key: string): Promise<IntentSnapshot> {
    const { chargeId, amount, capture, methodId } = intent;
    return this.once(key, { createPayment: intent }, () => {
      const made = this.make('payment', chargeId, amount, capture);
      return methodId === undefined ? made : this.use(made, methodId);
    });
  }

  createSetup(setup: NewSetup, key: string): Promise<IntentSnapshot> {
    const { chargeId = '', methodId } = setup;
    return this.once(key, { createSetup: setup }, () => {
      const made = this.make('setup', chargeId, { amount: 0, currency: 'TND' }, 'manual');
      return methodId === undefined ? made : this.use(made, methodId);
    });
  }

  chargeOffSession(intent: NewIntent, method: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, { chargeOffSession: intent, method }, () => {
      const made = this.make('payment', intent.chargeId, intent.amount, 'automatic');
      if (method === card.secure) return this.decline(made, 'authentication_required');
      return this.use(made, method);
    });
  }

  async keepMethod(): Promise<void> {}

  confirm(kind: IntentKind, id: string, method: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, { confirm: id, method }, () => {
      const intent = this.get(kind, id);
      if (!CONFIRMABLE.includes(intent.status)) throw refused('unexpected_state', intent.status);
      return this.use(intent, method);
    });
  }

  /** In the page, which tells us nothing. */
  authenticate(id: string, succeeds: boolean): void {
    const intent = this.intents.get(id);
    if (intent?.status !== 'requires_action') return;
    if (succeeds) this.secure(intent, intent.method!);
    else this.decline(intent, 'payment_intent_authentication_failure');
  }

  async read(kind: IntentKind, id: string): Promise<IntentSnapshot> {
    await this.arrive();
    return this.snapshot(this.get(kind, id));
  }

  async findIntent(kind: IntentKind, { chargeId }: { chargeId: string }): Promise<IntentSnapshot | undefined> {
    await this.arrive();
    const found = [...this.intents.values()]
      .reverse()
      .find((intent) => intent.kind === kind && intent.chargeId === chargeId && intent.status !== 'canceled');
    return found && this.snapshot(found);
  }

  capture(id: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, { capture: id }, () => {
      const intent = this.get('payment', id);
      if (intent.status !== 'requires_capture') throw refused('unexpected_state', intent.status);
      intent.captures += 1;
      return this.withEvent(Object.assign(intent, { status: 'succeeded' }));
    });
  }

  cancel(kind: IntentKind, id: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, { cancel: id }, () => {
      const intent = this.get(kind, id);
      if (['succeeded', 'canceled', 'processing'].includes(intent.status))
        throw refused('unexpected_state', intent.status);
      return this.withEvent(Object.assign(intent, { status: 'canceled' }));
    });
  }

  refund(id: string, amount: number, key: string): Promise<IntentSnapshot> {
    return this.once(key, { refund: id, amount }, () => {
      const intent = this.get('payment', id);
      const left = intent.captures * intent.amount - intent.refunds.reduce((sum, one) => sum + one, 0);
      if (this.refusesRefunds) throw refused('balance_insufficient', 'there is not enough in the account');
      this.expectMovable({ amount, currency: intent.currency });
      if (intent.captures === 0) throw refused('charge_not_captured', 'nothing was taken');
      if (left === 0) throw refused('charge_already_refunded', 'all of it is given back');
      if (amount > left) throw refused('amount_too_large', 'more than is left', 'amount');
      intent.refunds.push(amount);
      return this.withEvent(intent);
    });
  }

  async methods(): Promise<SavedMethod[]> {
    return [];
  }

  async ownerOf(): Promise<string | null | undefined> {
    return null;
  }

  async removeMethod(): Promise<void> {}
  async makeDefault(): Promise<void> {}

  async *movements(): AsyncIterable<ProviderMovement> {}

  private get(kind: IntentKind, id: string): Intent {
    const intent = this.intents.get(id);
    if (intent?.kind !== kind) throw refused('resource_missing', `No such intent: ${id}`, 'intent');
    return intent;
  }

  private make(kind: IntentKind, chargeId: string, { amount, currency }: Money, capture: Intent['capture']): Intent {
    if (kind === 'payment') this.expectMovable({ amount, currency });
    const id = `${kind === 'payment' ? 'pi' : 'seti'}_${this.intents.size + 1}`;
    const intent: Intent = {
      id,
      kind,
      chargeId,
      amount,
      currency,
      capture,
      status: 'requires_payment_method',
      wasSecured: false,
      captures: 0,
      refunds: [],
    };
    this.intents.set(id, intent);
    return intent;
  }

  private expectMovable(money: Money): void {
    if (money.amount <= 0 || movable(money) !== money.amount)
      throw refused('parameter_invalid_integer', `${money.amount} ${money.currency} cannot be moved`, 'amount');
  }

  private use(intent: Intent, method: string): Intent {
    if (method === card.declined) return this.decline(intent, 'generic_decline');
    if (method === card.failsLater && intent.kind === 'payment') return this.decline(intent, 'generic_decline');
    if (method === card.secure) return this.withEvent(Object.assign(intent, { status: 'requires_action', method }));
    return this.secure(intent, method);
  }

  private secure(intent: Intent, method: string): Intent {
    const isHeld = intent.kind === 'payment' && intent.capture === 'manual';
    const status = isHeld ? 'requires_capture' : 'succeeded';
    if (intent.kind === 'payment' && !isHeld) intent.captures += 1;
    return this.withEvent(Object.assign(intent, { method, declineCode: undefined, wasSecured: true, status }));
  }

  private decline(intent: Intent, declineCode: string): Intent {
    return this.withEvent(Object.assign(intent, { status: 'requires_payment_method', declineCode }));
  }

  private withEvent(intent: Intent): Intent {
    const { id: intentId, status, captured, declineCode, refunds } = this.snapshot(intent);
    const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0);
    this.events.push({
      id: `evt_${this.events.length + 1}`,
      type: `${intent.kind}_intent.${status}`,
      intentIds: [intentId],
      chargeId: intent.chargeId,
      content:
        refunded > 0
          ? { of: 'refunds', intentId, refunded }
          : { of: 'intent', intentId, status, captured, ...(declineCode !== undefined && { declineCode }) },
    });
    return intent;
  }

  private async arrive(): Promise<void> {
    await turn();
    this.calls += 1;
    if (this.faults.shift()) throw new ProviderUnavailable('no answer');
  }

  private async once(key: string, asked: object, work: () => Intent): Promise<IntentSnapshot> {
    await turn();
    this.calls += 1;
    const fault = this.faults.shift();
    if (fault === 'unsent') throw new ProviderUnavailable('it never arrived');
    const request = JSON.stringify(asked);
    let kept = this.answers.get(key);
    // As the adapter has it: the key is spent.
    if (kept && kept.request !== request) throw new ProviderFailed('the key came with another request');
    if (!kept) {
      const failure = new ProviderFailed('something went wrong');
      // Refused, it is kept under no key; what throws here has done nothing.
      const done = fault === 'failed-before' ? failure : this.snapshot(work());
      kept = { request, answer: fault === 'failed-after' ? failure : done };
      this.answers.set(key, kept);
    }
    if (fault === 'lost') throw new ProviderUnavailable('the answer is lost');
    await turn();
    if (kept.answer instanceof ProviderFailed) throw kept.answer;
    return kept.answer;
  }

  private snapshot({ id, kind, status, amount, captures, refunds, method, declineCode }: Intent): IntentSnapshot {
    const captured = captures > 0 ? amount : 0;
    return {
      id,
      kind,
      status,
      clientSecret: `${id}_secret`,
      captured,
      ...(captured > 0 && { fee: FEE }),
      refunds: refunds.map((one, at) => ({ id: `re_${id}_${at}`, amount: one, status: 'succeeded' })),
      ...(declineCode !== undefined && status === 'requires_payment_method' && { declineCode }),
      ...(method !== undefined && { method: { id: method, brand: 'visa', last4: '4242' } }),
    };
  }
}
