import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { People } from '@medflow/people';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type IncomeLine, type IncomeTotals, Ledger } from '../../domain/charges.js';
import {
  addIncome,
  expectBalance,
  type IncomeDay,
  incomeDaysOf,
  type IncomeSums,
  isIncome,
  LINE_KINDS,
  type LedgerKind,
  type LedgerTransaction,
  movedOf,
  MOVED_KINDS,
  NO_INCOME,
} from '../../domain/ledger.js';
import { IncomeDayRecord, LedgerRecord } from './schemas.js';

interface Period {
  from?: Date;
  to?: Date;
}

/**
 * The instant itself included. Where an index has more after a field that descends, SecantusDB passes over what is at the
 * bound of its `$gte`.
 */
const since = (from: Date) => ({ $gt: new Date(from.getTime() - 1) });

const atOf = ({ from, to }: Period) => (from || to ? { at: { ...(from && since(from)), ...(to && { $lt: to }) } } : {});

@Injectable()
export class MongoLedger extends Ledger {
  constructor(
    @InjectModel(LedgerRecord.name) private readonly ledger: Model<LedgerRecord>,
    @InjectModel(IncomeDayRecord.name) private readonly incomeDays: Model<IncomeDayRecord>,
    private readonly people: People,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  /** With the ambient transaction's last writes. @throws Error when a transaction does not sum to zero, which none ever should */
  async book(transactions: readonly LedgerTransaction[]): Promise<void> {
    if (transactions.length === 0) return;
    expectBalance(transactions);
    this.transactions.writeLast(
      transactions.map(({ id, ...transaction }) => ({
        collection: this.ledger.collection.name,
        insert: { _id: id, ...transaction },
      })),
    );
    await this.countDays(transactions.filter(({ kind }) => isIncome(kind)));
  }

  async lines(
    doctorId: string,
    period: Period,
    { limit, after }: { limit: number; after?: { at: Date; id: string } },
  ): Promise<IncomeLine[]> {
    const { from, to } = period;
    // Nothing after the page before, nothing beyond the period. A stage for the range alone: SecantusDB uses an index
    // for no filter with an `$or`.
    const latest = after ? { $lte: after.at } : to ? { $lt: to } : {};
    const beyond = after && { $or: [{ at: { $lt: after.at } }, { _id: { $lt: after.id } }] };
    const records = await this.ledger.collection
      .aggregate<LedgerRecord>([
        { $match: { doctorId, at: { ...since(from ?? new Date(0)), ...latest } } },
        { $match: { kind: { $in: LINE_KINDS as LedgerKind[] }, ...beyond } },
        { $sort: { at: -1, _id: -1 } },
        { $limit: limit + 1 },
      ])
      .toArray();
    return this.withFees(records);
  }

  async *everyLine(doctorId: string, period: Period): AsyncIterable<IncomeLine> {
    const cursor = this.ledger
      .find({ doctorId, kind: { $in: LINE_KINDS as LedgerKind[] }, ...atOf(period) })
      .sort({ at: 1, _id: 1 })
      .lean<LedgerRecord[]>()
      .cursor();
    let batch: LedgerRecord[] = [];
    for await (const record of cursor) {
      batch.push(record as LedgerRecord);
      if (batch.length === 200) {
        yield* await this.withFees(batch);
        batch = [];
      }
    }
    yield* await this.withFees(batch);
  }

  async totals(doctorId: string, period: Period): Promise<IncomeTotals[]> {
    const rows = await this.ledger.collection
      .aggregate<{ _id: { kind: LedgerKind; currency: string }; moved: number }>([
        { $match: { doctorId, ...atOf(period) } },
        { $unwind: '$entries' },
        { $match: { 'entries.account': 'provider' } },
        { $group: { _id: { kind: '$kind', currency: '$currency' }, moved: { $sum: '$entries.amount' } } },
      ])
      .toArray();
    const totals = new Map<string, IncomeSums>();
    for (const { _id, moved } of rows) {
      totals.set(_id.currency, addIncome(totals.get(_id.currency) ?? NO_INCOME, _id.kind, moved));
    }
    return [...totals].map(([currency, sums]) => ({ currency, ...sums }));
  }

  async days(doctorId: string, from: string, to: string): Promise<IncomeDay[]> {
    const records = await this.incomeDays
      .find({ doctorId, day: { $gte: from, $lte: to } })
      .sort({ day: 1 })
      .lean<IncomeDayRecord[]>();
    return records.map(({ day, currency, income, refunds, fees }) => ({ day, currency, income, refunds, fees }));
  }

  async *movements(from: Date, to: Date): AsyncIterable<LedgerTransaction> {
    const cursor = this.ledger
      .find({ at: { $gte: from, $lt: to }, kind: { $in: MOVED_KINDS as LedgerKind[] } })
      .sort({ at: 1 })
      .lean<LedgerRecord[]>()
      .cursor();
    for await (const record of cursor) {
      const { _id: id, ...transaction } = record as LedgerRecord;
      yield { id, ...transaction };
    }
  }

  async balances(): Promise<{ currency: string; amount: number }[]> {
    const rows = await this.ledger.collection
      .aggregate<{ _id: string; amount: number }>([
        { $unwind: '$entries' },
        { $group: { _id: '$currency', amount: { $sum: '$entries.amount' } } },
      ])
      .toArray();
    return rows.map(({ _id: currency, amount }) => ({ currency, amount }));
  }

  /** What moved on one day of one doctor is added at once. */
  private async countDays(transactions: readonly LedgerTransaction[]): Promise<void> {
    if (transactions.length === 0) return;
    const { session } = this.transactions;
    const people = await this.people.find(transactions.map(({ doctorId }) => doctorId));
    const days = incomeDaysOf(transactions, (doctorId) => people.get(doctorId)!.figuresTimeZone);
    for (const [id, { income, refunds, fees, ...about }] of days)
      await this.incomeDays.collection.updateOne(
        { _id: id as never },
        { $inc: { income, refunds, fees }, $setOnInsert: about },
        { upsert: true, session },
      );
  }

  /** A payment's line shows what the provider kept of it. */
  private async withFees(records: readonly LedgerRecord[]): Promise<IncomeLine[]> {
    const ids = records.filter(({ kind }) => kind === 'captured').map(({ chargeId }) => `${chargeId}:fee`);
    const fees = await this.ledger.find({ _id: { $in: ids } }).lean<LedgerRecord[]>();
    const feeOf = new Map(fees.map((fee) => [fee.chargeId, -movedOf(fee)]));
    return records.map((record) => ({
      id: record._id,
      kind: record.kind === 'captured' ? ('payment' as const) : ('refund' as const),
      at: record.at,
      appointmentId: record.appointmentId,
      patientId: record.patientId,
      amount: movedOf(record),
      fee: record.kind === 'captured' ? (feeOf.get(record.chargeId) ?? 0) : 0,
      currency: record.currency,
      ...(record.receiptNumber !== undefined && { receiptNumber: record.receiptNumber }),
    }));
  }
}
