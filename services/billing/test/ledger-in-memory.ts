import type { People } from '@medflow/people';
import { type IncomeLine, type IncomeTotals, Ledger } from '../src/domain/charges.js';
import {
  addIncome,
  expectBalance,
  type IncomeDay,
  incomeDaysOf,
  LINE_KINDS,
  type LedgerTransaction,
  MOVED_KINDS,
  movedOf,
  NO_INCOME,
} from '../src/domain/ledger.js';

interface Period {
  from?: Date;
  to?: Date;
}

const within = (at: Date, { from, to }: Period): boolean => (!from || at >= from) && (!to || at < to);
const byTime = (a: { at: Date; id: string }, b: { at: Date; id: string }): number =>
  a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);

/** The books that a map of transactions makes. */
export class LedgerInMemory extends Ledger {
  constructor(
    private readonly booked: Map<string, LedgerTransaction>,
    private readonly people: People,
  ) {
    super();
  }

  book(transactions: readonly LedgerTransaction[]): void {
    expectBalance(transactions);
    if (transactions.some(({ id }) => this.booked.has(id))) throw new Error('booked twice');
    for (const transaction of transactions) this.booked.set(transaction.id, transaction);
  }

  override async lines(
    doctorId: string,
    period: Period,
    { limit, after }: { limit: number; after?: { at: Date; id: string } },
  ): Promise<IncomeLine[]> {
    const lines = this.linesOf(doctorId, period).toReversed();
    return lines.filter((line) => !after || byTime(line, after) < 0).slice(0, limit + 1);
  }

  override async *everyLine(doctorId: string, period: Period): AsyncIterable<IncomeLine> {
    yield* this.linesOf(doctorId, period);
  }

  override async totals(doctorId: string, period: Period): Promise<IncomeTotals[]> {
    const totals = new Map<string, IncomeTotals>();
    for (const transaction of this.of(doctorId, period).filter(({ kind }) => MOVED_KINDS.includes(kind))) {
      const { currency, kind } = transaction;
      totals.set(currency, addIncome(totals.get(currency) ?? { currency, ...NO_INCOME }, kind, movedOf(transaction)));
    }
    return [...totals.values()];
  }

  override async days(doctorId: string, from: string, to: string): Promise<IncomeDay[]> {
    const person = (await this.people.find([doctorId])).get(doctorId)!;
    return [...incomeDaysOf(this.of(doctorId, {}), () => person.figuresTimeZone).values()]
      .filter(({ day }) => day >= from && day <= to)
      .map(({ doctorId: _, ...day }) => day)
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  override async *movements(from: Date, to: Date): AsyncIterable<LedgerTransaction> {
    yield* [...this.booked.values()]
      .filter(({ at, kind }) => within(at, { from, to }) && MOVED_KINDS.includes(kind))
      .sort(byTime);
  }

  override async balances(): Promise<{ currency: string; amount: number }[]> {
    const sums = new Map<string, number>();
    for (const { currency, entries } of this.booked.values())
      for (const { amount } of entries) sums.set(currency, (sums.get(currency) ?? 0) + amount);
    return [...sums].map(([currency, amount]) => ({ currency, amount }));
  }

  private of(doctorId: string, period: Period): LedgerTransaction[] {
    return [...this.booked.values()]
      .filter((transaction) => transaction.doctorId === doctorId && within(transaction.at, period))
      .sort(byTime);
  }

  private linesOf(doctorId: string, period: Period): IncomeLine[] {
    return this.of(doctorId, period)
      .filter(({ kind }) => LINE_KINDS.includes(kind))
      .map((transaction) => {
        const { id, kind, at, appointmentId, patientId, currency, receiptNumber, chargeId } = transaction;
        const fee = kind === 'captured' ? this.booked.get(`${chargeId}:fee`) : undefined;
        return {
          id,
          kind: kind === 'captured' ? 'payment' : 'refund',
          at,
          appointmentId,
          patientId,
          amount: movedOf(transaction),
          fee: fee ? -movedOf(fee) : 0,
          currency,
          ...(receiptNumber !== undefined && { receiptNumber }),
        };
      });
  }
}
