import { Charge } from '../src/domain/charge.js';
import type { PaymentFact } from '../src/domain/payment-fact.js';
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
import { type KnownDoctor, Practices } from '../src/domain/practices.js';
import type { ReceiptIssuer } from '../src/domain/receipts.js';

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
  /** States as they were saved, in that order. */
  readonly past: ChargeState[] = [];

  constructor(
    private readonly clock: Clock,
    receipts: ReceiptIssuer,
  ) {
    super(receipts);
  }

  override async addAll(charges: readonly Charge[]): Promise<void> {
    await turn();
    const charged = new Set([...this.states.values()].map(({ appointmentId }) => appointmentId));
    if (charges.some(({ state }) => charged.has(state.appointmentId))) throw new ConcurrentChange('there is one');
    for (const { state } of charges) this.states.set(state.id, state);
  }

  protected override get canRepeat(): boolean {
    return true;
  }

  protected override async save(charge: Charge): Promise<ChargeState> {
    await turn();
    const { saved } = charge;
    if (this.states.get(charge.state.id)?.version !== saved?.version) throw new ConcurrentChange('faster');
    if (!charge.hasNews) {
      const { checkAt, checks } = charge.state;
      const looked = { ...saved!, checkAt, checks };
      this.states.set(looked.id, looked);
      return looked;
    }
    const { state } = charge;
    for (const transaction of transactionsBetween(saved!, state, this.clock.now())) {
      if (this.ledger.has(transaction.id)) throw new Error(`${transaction.id} is booked twice`);
      this.ledger.set(transaction.id, transaction);
    }
    this.facts.push(...charge.facts);
    this.states.set(state.id, state);
    this.past.push(state);
    return state;
  }

  /** Of what is remembered, the oldest: as where others have changed it ever since. */
  override lastSaved(key: string): Charge | undefined {
    const state = this.past.find(({ id, appointmentId }) => id === key || appointmentId === key);
    return state && Charge.restore(state);
  }

  override async nextSaved(): Promise<void> {
    await turn();
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

  override async list(
    patientId: string,
    { statuses, from, to }: ChargeFilter,
    { limit, after }: { limit: number; after?: string },
  ): Promise<ChargeState[]> {
    return [...this.states.values()]
      .filter((state) => state.patientId === patientId && (after === undefined || state.id < after))
      .filter(({ status }) => (statuses ? statuses.includes(status) : status !== 'none'))
      .filter(({ createdAt }) => (!from || createdAt >= from) && (!to || createdAt < to))
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit + 1);
  }

  override async takeDue(now: Date, until: Date, limit: number): Promise<{ ids: string[]; next?: Date }> {
    const awaited = [...this.states.values()]
      .filter(({ checkAt }) => checkAt !== null)
      .sort((a, b) => a.checkAt!.getTime() - b.checkAt!.getTime());
    const all = awaited.filter(({ checkAt }) => checkAt! <= now);
    const due = all.slice(0, limit);
    for (const state of due) this.states.set(state.id, { ...state, checkAt: until });
    const next = all.length > limit ? now : awaited[due.length]?.checkAt;
    return { ids: due.map(({ id }) => id), ...(next && { next }) };
  }

  override async putOff(id: string, until: Date | null, { version, ...given }: PutOff = {}): Promise<void> {
    const state = this.states.get(id);
    if (state && (version === undefined || state.version === version))
      this.states.set(id, { ...state, checkAt: until, ...given });
  }

  override async refused(limit: number): Promise<ChargeState[]> {
    return [...this.states.values()]
      .filter(({ refusal }) => refusal)
      .sort((a, b) => a.refusal!.since.getTime() - b.refusal!.since.getTime())
      .slice(0, limit);
  }

  private async one(matches: (state: ChargeState) => boolean): Promise<Charge | undefined> {
    await turn();
    const state = [...this.states.values()].find(matches);
    return state && Charge.restore(state);
  }
}

/** Others get their turn, as they do while a database is asked. */
export const turn = () => Promise.resolve();

export class PracticesInMemory extends Practices {
  private readonly known = new Map<string, { isBarred: boolean; sequence: number }>();

  override async keep(doctorId: string, isBarred: boolean, sequence: number): Promise<void> {
    if ((this.known.get(doctorId)?.sequence ?? -1) < sequence) this.known.set(doctorId, { isBarred, sequence });
  }

  override async isBarred(doctorId: string): Promise<boolean> {
    await turn();
    return this.known.get(doctorId)?.isBarred ?? false;
  }

  override async doctor(doctorId: string): Promise<KnownDoctor> {
    return { person: { id: doctorId, firstName: '', lastName: '' }, isBarred: await this.isBarred(doctorId) };
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
