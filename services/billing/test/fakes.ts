import { Charge, type PaymentFact } from '../src/domain/charge.js';
import {
  type ChargeFilter,
  Charges,
  Customers,
  type Operation,
  Operations,
  type PutOff,
  WebhookEvents,
} from '../src/domain/charges.js';
import type { ChargeState } from '../src/domain/charge-state.js';
import { ConcurrentChange, NotFound } from '../src/domain/errors.js';
import { type LedgerTransaction, transactionsBetween } from '../src/domain/ledger.js';
import { Clock, Ids } from '../src/domain/ports.js';
import { Practices } from '../src/domain/practices.js';
import {
  type IntentKind,
  type IntentSnapshot,
  type NewIntent,
  PaymentProvider,
  ProviderFailed,
  type ProviderMovement,
  ProviderRefused,
  ProviderUnavailable,
  type SavedMethod,
} from '../src/domain/provider.js';

export class TestClock extends Clock {
  constructor(private at = Date.parse('2026-11-23T08:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.at);
  }

  pass(ms: number): void {
    this.at += ms;
  }
}

export class CountedIds extends Ids {
  private count = 0;

  next(): string {
    return `charge-${String((this.count += 1)).padStart(4, '0')}`;
  }
}

/** Charges, ledger and facts as the database keeps them: compared by version, and all of one save or nothing. */
export class ChargesInMemory extends Charges {
  readonly states = new Map<string, ChargeState>();
  readonly ledger = new Map<string, LedgerTransaction>();
  readonly facts: PaymentFact[] = [];
  private receipts = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  override async add(charge: Charge): Promise<boolean> {
    await turn();
    if ([...this.states.values()].some(({ appointmentId }) => appointmentId === charge.state.appointmentId))
      return false;
    this.states.set(charge.state.id, charge.state);
    return true;
  }

  override async addAll(charges: readonly Charge[]): Promise<void> {
    for (const charge of charges) if (!(await this.add(charge))) throw new ConcurrentChange('there is one');
  }

  override async save(charge: Charge): Promise<void> {
    await turn();
    const { saved } = charge;
    if (this.states.get(charge.state.id)?.version !== saved?.version) throw new ConcurrentChange('faster');
    const issues = charge.state.captured > 0 && charge.state.receiptNumber === undefined;
    const state = issues ? { ...charge.state, receiptNumber: `2026-${(this.receipts += 1)}` } : charge.state;
    for (const transaction of transactionsBetween(saved!, state, this.clock.now())) {
      if (this.ledger.has(transaction.id)) throw new Error(`${transaction.id} is booked twice`);
      this.ledger.set(transaction.id, transaction);
    }
    this.facts.push(...charge.facts);
    this.states.set(state.id, state);
  }

  override async find(id: string): Promise<Charge | undefined> {
    await turn();
    const state = this.states.get(id);
    return state && Charge.restore(state);
  }

  override ofAppointment(appointmentId: string): Promise<Charge | undefined> {
    return this.one((state) => state.appointmentId === appointmentId);
  }

  override async ofAppointments(ids: readonly string[]): Promise<ReadonlyMap<string, Charge>> {
    const charges = await Promise.all(ids.map((id) => this.ofAppointment(id)));
    return new Map(charges.flatMap((charge) => (charge ? [[charge.state.appointmentId, charge]] : [])));
  }

  override ofIntent(intentId: string): Promise<Charge | undefined> {
    return this.one((state) => state.intent?.id === intentId);
  }

  override async ofPatient(patientId: string, id: string): Promise<Charge> {
    const charge = await this.one((state) => state.id === id && state.patientId === patientId);
    if (!charge) throw new NotFound(id);
    return charge;
  }

  override async list(patientId: string, _filter: ChargeFilter): Promise<ChargeState[]> {
    return [...this.states.values()].filter((state) => state.patientId === patientId);
  }

  override async takeDue(now: Date, until: Date): Promise<{ ids: string[]; next?: Date }> {
    const due = [...this.states.values()].filter(({ checkAt }) => checkAt !== null && checkAt <= now);
    for (const state of due) this.states.set(state.id, { ...state, checkAt: until });
    return { ids: due.map(({ id }) => id) };
  }

  override async putOff(id: string, until: Date | null, { version, ...given }: PutOff = {}): Promise<void> {
    const state = this.states.get(id);
    if (state && (version === undefined || state.version === version))
      this.states.set(id, { ...state, checkAt: until, ...given });
  }

  override async refused(): Promise<ChargeState[]> {
    return [...this.states.values()].filter(({ refusal }) => refusal);
  }

  private async one(matches: (state: ChargeState) => boolean): Promise<Charge | undefined> {
    await turn();
    const state = [...this.states.values()].find(matches);
    return state && Charge.restore(state);
  }
}

/** Others get their turn, as they do while a database is asked. */
const turn = () => Promise.resolve();

export class PracticesInMemory extends Practices {
  readonly barred = new Set<string>();

  override async keep(doctorId: string, isBarred: boolean): Promise<void> {
    if (isBarred) this.barred.add(doctorId);
    else this.barred.delete(doctorId);
  }

  override async isBarred(doctorId: string): Promise<boolean> {
    await turn();
    return this.barred.has(doctorId);
  }
}

export class CustomersInMemory extends Customers {
  private readonly known = new Map<string, string>();

  override async find(patientId: string): Promise<string | undefined> {
    return this.known.get(patientId);
  }

  override async keep(patientId: string, customerId: string): Promise<string> {
    if (!this.known.has(patientId)) this.known.set(patientId, customerId);
    return this.known.get(patientId)!;
  }
}

export class OperationsInMemory extends Operations {
  private readonly known = new Map<string, { spent: number; begunAt: Date }>();

  override async begin({ name }: Operation, at: Date): Promise<{ spent: number; begunAt: Date }> {
    await turn();
    const operation = this.known.get(name) ?? { spent: 0, begunAt: at };
    this.known.set(name, operation);
    return { ...operation };
  }

  override async spend(name: string, keys: number): Promise<void> {
    await turn();
    const operation = this.known.get(name)!;
    operation.spent = Math.max(operation.spent, keys);
  }

  override end(): void {}
}

export class WebhookEventsInMemory extends WebhookEvents {
  private readonly seen = new Set<string>();

  override async add(id: string): Promise<boolean> {
    if (this.seen.has(id)) return false;
    this.seen.add(id);
    return true;
  }
}

interface Intent {
  id: string;
  kind: IntentKind;
  chargeId: string;
  amount: number;
  capture: 'manual' | 'automatic';
  status: IntentSnapshot['status'];
  method?: string;
  declineCode?: string;
  captures: number;
  refunds: number[];
}

export const card = { good: 'pm_good', declined: 'pm_declined', secure: 'pm_secure', failsLater: 'pm_fails_later' };

/**
 * What goes wrong with a call: its answer is lost after the work; it is answered with a failure before the work or after
 * it, and the same failure again to whoever comes with the same key.
 */
export type Fault = 'lost' | 'failed-before' | 'failed-after' | undefined;

/** A provider that keeps its word: what comes under one key happens once, a step that the state does not allow is refused. */
export class ProviderInMemory extends PaymentProvider {
  readonly name = 'test';
  readonly testMode = true;
  readonly publishableKey = 'pk_test';
  readonly intents = new Map<string, Intent>();
  private readonly answers = new Map<string, IntentSnapshot | ProviderFailed>();
  /** Of the coming calls, in order. */
  faults: Fault[] = [];
  /** Of every refund, as the provider does where its account is empty. */
  refusesRefunds = false;
  calls = 0;

  async createCustomer(patientId: string): Promise<string> {
    return `cus-${patientId}`;
  }

  createPayment({ chargeId, amount, capture }: NewIntent, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => this.make('payment', chargeId, amount.amount, capture));
  }

  createSetup({ chargeId = '' }: { chargeId?: string }, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => this.make('setup', chargeId, 0, 'manual'));
  }

  chargeOffSession({ chargeId, amount }: NewIntent, method: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => {
      const intent = this.make('payment', chargeId, amount.amount, 'automatic');
      if (method === card.secure) return this.decline(intent, 'authentication_required');
      return method === card.failsLater ? this.decline(intent, 'generic_decline') : this.take(intent, method);
    });
  }

  async keepMethod(): Promise<void> {}

  confirm(_kind: IntentKind, id: string, method: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => {
      const intent = this.open(id);
      if (method === card.declined) return this.decline(intent, 'generic_decline');
      if (method === card.failsLater && intent.kind === 'payment') return this.decline(intent, 'generic_decline');
      if (method === card.secure) return Object.assign(intent, { status: 'requires_action', method });
      return this.take(intent, method);
    });
  }

  /** In the page, which tells us nothing. */
  authenticate(id: string, succeeds: boolean): void {
    const intent = this.intents.get(id);
    if (intent?.status !== 'requires_action') return;
    if (succeeds) this.take(intent, intent.method!);
    else this.decline(intent, 'payment_intent_authentication_failure');
  }

  async read(_kind: IntentKind, id: string): Promise<IntentSnapshot> {
    await turn();
    this.calls += 1;
    if (this.faults.shift()) throw new ProviderUnavailable('lost');
    return this.snapshot(this.intents.get(id)!);
  }

  async findIntent(kind: IntentKind, { chargeId }: { chargeId: string }): Promise<IntentSnapshot | undefined> {
    await turn();
    this.calls += 1;
    if (this.faults.shift()) throw new ProviderUnavailable('lost');
    const found = [...this.intents.values()]
      .reverse()
      .find((intent) => intent.kind === kind && intent.chargeId === chargeId && intent.status !== 'canceled');
    return found && this.snapshot(found);
  }

  capture(id: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => {
      const intent = this.intents.get(id)!;
      if (intent.status !== 'requires_capture') throw new ProviderRefused('unexpected_state', intent.status);
      intent.captures += 1;
      return Object.assign(intent, { status: 'succeeded' });
    });
  }

  cancel(_kind: IntentKind, id: string, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => {
      const intent = this.intents.get(id)!;
      if (['succeeded', 'canceled'].includes(intent.status))
        throw new ProviderRefused('unexpected_state', intent.status);
      return Object.assign(intent, { status: 'canceled' });
    });
  }

  refund(id: string, amount: number, key: string): Promise<IntentSnapshot> {
    return this.once(key, () => {
      const intent = this.intents.get(id)!;
      const refunded = intent.refunds.reduce((sum, one) => sum + one, 0);
      if (this.refusesRefunds) throw new ProviderRefused('balance_insufficient', 'there is not enough in the account');
      if (amount % 10 !== 0) throw new ProviderRefused('parameter_invalid_integer', 'not in steps of ten');
      if (intent.captures === 0 || refunded + amount > intent.amount) throw new ProviderRefused('refund', 'too much');
      intent.refunds.push(amount);
      return intent;
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

  private make(kind: IntentKind, chargeId: string, amount: number, capture: Intent['capture']): Intent {
    const id = `${kind === 'payment' ? 'pi' : 'seti'}_${this.intents.size + 1}`;
    const intent: Intent = {
      id,
      kind,
      chargeId,
      amount,
      capture,
      status: 'requires_payment_method',
      captures: 0,
      refunds: [],
    };
    this.intents.set(id, intent);
    return intent;
  }

  private open(id: string): Intent {
    const intent = this.intents.get(id)!;
    const isOpen = ['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status);
    if (!isOpen) throw new ProviderRefused('unexpected_state', intent.status);
    return intent;
  }

  private take(intent: Intent, method: string): Intent {
    Object.assign(intent, { method, declineCode: undefined });
    if (intent.kind === 'setup') return Object.assign(intent, { status: 'succeeded' });
    if (intent.capture === 'manual') return Object.assign(intent, { status: 'requires_capture' });
    intent.captures += 1;
    return Object.assign(intent, { status: 'succeeded' });
  }

  private decline(intent: Intent, declineCode: string): Intent {
    return Object.assign(intent, { status: 'requires_payment_method', declineCode });
  }

  private async once(key: string, work: () => Intent): Promise<IntentSnapshot> {
    await turn();
    this.calls += 1;
    const fault = this.faults.shift();
    let answer = this.answers.get(key);
    if (!answer) {
      const failure = new ProviderFailed('something went wrong');
      if (fault === 'failed-before') answer = failure;
      // Refused, it is kept under no key; what throws here has done nothing.
      else answer = this.snapshot(work());
      if (fault === 'failed-after') answer = failure;
      this.answers.set(key, answer);
    }
    if (fault === 'lost') throw new ProviderUnavailable('the answer is lost');
    await turn();
    if (answer instanceof ProviderFailed) throw answer;
    return answer;
  }

  private snapshot({ id, kind, status, amount, captures, refunds, method, declineCode }: Intent): IntentSnapshot {
    const captured = captures > 0 ? amount : 0;
    return {
      id,
      kind,
      status,
      clientSecret: `${id}_secret`,
      captured,
      ...(captured > 0 && { fee: 10 }),
      refunds: refunds.map((one, at) => ({ id: `re_${id}_${at}`, amount: one, status: 'succeeded' })),
      ...(declineCode !== undefined && status === 'requires_payment_method' && { declineCode }),
      ...(method !== undefined && { method: { id: method, brand: 'visa', last4: '4242' } }),
    };
  }
}
