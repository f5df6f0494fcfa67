import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { KeyedQueue, MongoTransactions, WorkList } from '@medflow/service-kit';
import type { Model, QueryFilter } from 'mongoose';
import { Charge } from '../../domain/charge.js';
import type { PaymentFact } from '../../domain/payment-fact.js';
import { type ChargeFilter, Charges, type PutOff } from '../../domain/charges.js';
import type { ChargeState } from '../../domain/charge-state.js';
import { ConcurrentChange, NotFound } from '../../domain/errors.js';
import { isIncome, type LedgerTransaction, transactionsBetween } from '../../domain/ledger.js';
import { Clock } from '../../domain/ports.js';
import { ReceiptIssuer } from '../../domain/receipts.js';
import { FactLog, SettlementSchedule } from '../fact-log.js';
import { MongoLedger } from './mongo-ledger.js';
import { RecentCharges } from './recent-charges.js';
import { ChargeRecord, type LastFact } from './schemas.js';

export const toState = ({ _id, lastFact: _, claim: __, ...record }: ChargeRecord): ChargeState =>
  ({ id: _id, ...record }) as ChargeState;

function lastFactOf(facts: readonly PaymentFact[], at: Date): { lastFact?: LastFact } {
  const last = facts.at(-1);
  if (!last) return {};
  const { charge: _, ...fact } = last;
  return { lastFact: { ...fact, at } };
}

const recordOf = ({ id, ...state }: ChargeState) => ({
  _id: id,
  ...Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)),
});

/** Undefined fields are gone, not null; so is whose turn it was. */
function changesOf({ id: _, ...state }: ChargeState): { $set: object; $unset: object } {
  const entries = Object.entries(state);
  const gone = ['intent', 'attempt', 'savedMethod', 'charging', 'declineCode', 'refusal', 'failures'].filter(
    (name) => (state as Record<string, unknown>)[name] === undefined,
  );
  return {
    $set: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    $unset: Object.fromEntries(['claim', ...gone].map((name) => [name, ''])),
  };
}

@Injectable()
export class MongoCharges extends Charges {
  private readonly incomeDays = new KeyedQueue();
  private readonly recent = new RecentCharges();
  private readonly due = new WorkList<ChargeRecord>(() => this.charges.collection as never, {
    fields: { dueAt: 'checkAt', claim: 'claim' },
  });

  constructor(
    @InjectModel(ChargeRecord.name) private readonly charges: Model<ChargeRecord>,
    private readonly ledger: MongoLedger,
    receipts: ReceiptIssuer,
    private readonly facts: FactLog,
    private readonly schedule: SettlementSchedule,
    private readonly transactions: MongoTransactions,
    private readonly clock: Clock,
  ) {
    super(receipts);
  }

  async addAll(charges: readonly Charge[]): Promise<void> {
    if (charges.length === 0) return;
    const records = charges.map(({ state }) => recordOf(state));
    await this.charges.collection.insertMany(records as never[], { session: this.transactions.session });
    for (const { state } of charges) this.remember(state);
  }

  /** What a transaction has read stays as it was: another writer's change is seen only by the next transaction. */
  protected override get canRepeat(): boolean {
    return this.transactions.session === undefined;
  }

  protected override async save(charge: Charge): Promise<ChargeState> {
    const { saved } = charge;
    if (!saved) throw new Error('a new charge is added, not updated');
    const { state, facts } = charge;
    if (!charge.hasNews) return this.noteLook(saved, state);
    const booked = transactionsBetween(saved, state, this.clock.now());
    if (booked.length === 0 && facts.length === 0) await this.replace(saved, state, { w: 'majority', j: true });
    else await this.saveTogether(saved, state, booked, facts);
    this.remember(state);
    return state;
  }

  private async saveTogether(
    saved: ChargeState,
    state: ChargeState,
    booked: readonly LedgerTransaction[],
    facts: readonly PaymentFact[],
  ): Promise<void> {
    // A doctor's day is one document: who adds to it waits here, at no cost, rather than conflict and begin again.
    const addsToDay = booked.some(({ kind }) => isIncome(kind));
    const told = { ...state, ...lastFactOf(facts, this.clock.now()) };
    const write = () =>
      this.transactions.run(
        async () => {
          if (addsToDay) await this.replace(saved, told);
          else this.replaceLast(saved, told);
          await this.ledger.book(booked);
          await this.facts.append(facts);
        },
        { reads: addsToDay },
      );
    if (addsToDay && !this.transactions.session) await this.incomeDays.run(state.doctorId, write);
    else await write();
  }

  /** @param writeConcern where it is no part of a transaction */
  private async replace(saved: ChargeState, state: ChargeState, writeConcern?: object): Promise<void> {
    const { session } = this.transactions;
    const { matchedCount } = await this.charges.collection.updateOne(
      { _id: state.id as never, version: saved.version },
      changesOf(state),
      session ? { session } : { ...(writeConcern && { writeConcern }) },
    );
    if (matchedCount > 0) return;
    // What a transaction remembered instead of reading it: the next attempt reads it.
    if (this.recent.forget(state.id)) this.transactions.beginAgain();
    throw new ConcurrentChange(`charge ${state.id} is not at version ${saved.version}`);
  }

  /** As {@link replace}, with the last writes of the ambient transaction. */
  private replaceLast(saved: ChargeState, state: ChargeState): void {
    const { id, version } = saved;
    const orElse = () => {
      this.recent.forget(id);
      return new ConcurrentChange(`charge ${id} is not at version ${version}`);
    };
    const filter = { _id: id, version };
    this.transactions.writeLast([
      { collection: this.charges.collection.name, filter, update: changesOf(state), orElse },
    ]);
  }

  /** Nothing was learnt: the version stays, so that nobody has to begin again because of it. */
  private async noteLook(saved: ChargeState, { checkAt, checks }: ChargeState): Promise<ChargeState> {
    const { matchedCount } = await this.charges.collection.updateOne(
      { _id: saved.id as never, version: saved.version },
      { $set: { checkAt, checks }, $unset: { claim: '' } },
      { session: this.transactions.session },
    );
    this.recent.forget(saved.id);
    if (matchedCount === 0) throw new ConcurrentChange(`charge ${saved.id} is not at version ${saved.version}`);
    this.scheduleNext({ ...saved, checkAt });
    return { ...saved, checkAt, checks };
  }

  override lastSaved(key: string): Charge | undefined {
    const state = this.recent.get(key);
    return state && Charge.restore(state);
  }

  override nextSaved(appointmentId: string, withinMs: number): Promise<void> {
    return this.recent.next(appointmentId, withinMs);
  }

  async find(id: string): Promise<Charge | undefined> {
    return this.one({ _id: id });
  }

  async ofAppointment(appointmentId: string): Promise<Charge | undefined> {
    return this.one({ appointmentId });
  }

  async ofAppointments(appointmentIds: readonly string[]): Promise<ReadonlyMap<string, Charge>> {
    const records = await this.charges
      .find({ appointmentId: { $in: [...appointmentIds] } })
      .session(this.transactions.session ?? null)
      .lean<ChargeRecord[]>();
    return new Map(records.map((record) => [record.appointmentId, Charge.restore(toState(record))]));
  }

  async ofIntent(intentId: string): Promise<Charge | undefined> {
    return this.one({ 'intent.id': intentId });
  }

  async ofPatient(patientId: string, id: string): Promise<Charge> {
    const charge = await this.one({ _id: id, patientId });
    if (!charge) throw new NotFound(`payment ${id}`);
    return charge;
  }

  async list(
    patientId: string,
    { statuses, from, to }: ChargeFilter,
    { limit, after }: { limit: number; after?: string },
  ): Promise<ChargeState[]> {
    // One flat filter: SecantusDB uses no index for `$and`.
    const filter: QueryFilter<ChargeRecord> = {
      patientId,
      status: statuses ? { $in: [...statuses] } : { $ne: 'none' },
      ...((from || to) && { createdAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
      ...(after !== undefined && { _id: { $lt: after } }),
    };
    const records = await this.charges
      .find(filter)
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean<ChargeRecord[]>();
    return records.map(toState);
  }

  async takeDue(now: Date, until: Date, limit: number): Promise<{ ids: string[]; next?: Date }> {
    const { rows, next } = await this.due.claim(now, until, limit);
    return { ids: rows.map(({ _id }) => _id), ...(next && { next }) };
  }

  async putOff(id: string, until: Date | null, { version, ...given }: PutOff = {}): Promise<void> {
    this.recent.forget(id);
    await this.charges.collection.updateOne(
      { _id: id as never, ...(version !== undefined && { version }) },
      { $set: { checkAt: until, ...given }, $unset: { claim: '' } },
    );
    if (until) this.schedule.settleAt(id, until);
  }

  async refused(limit: number): Promise<ChargeState[]> {
    const records = await this.charges
      .find({ 'refusal.since': { $gte: new Date(0) } })
      .sort({ 'refusal.since': 1 })
      .limit(limit)
      .lean<ChargeRecord[]>();
    return records.map(toState);
  }

  /** Once it is committed. */
  private remember(state: ChargeState): void {
    this.transactions.afterCommit(() => this.recent.keep(state));
    this.scheduleNext(state);
  }

  private scheduleNext({ id, checkAt }: ChargeState): void {
    if (checkAt) this.transactions.afterCommit(() => this.schedule.settleAt(id, checkAt));
  }

  private async one(filter: QueryFilter<ChargeRecord>): Promise<Charge | undefined> {
    const record = await this.charges
      .findOne(filter)
      .session(this.transactions.session ?? null)
      .lean<ChargeRecord>();
    return record ? Charge.restore(toState(record)) : undefined;
  }
}
