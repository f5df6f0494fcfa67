import { Temporal } from 'temporal-polyfill';
import type { ChargeState } from './charge-state.js';

/**
 * Double entry: every step of a payment is one transaction whose entries sum to zero. Debits are positive.
 * - `provider`: what the provider holds for this installation;
 * - `holds` / `holds:contra`: amounts set aside at the patients' banks, a memorandum;
 * - `doctor:<id>`: what the doctor earned (credit);
 * - `fees:<id>`: what the provider kept of it.
 */
export interface LedgerEntry {
  readonly account: string;
  /** Minor units; positive is debit. */
  readonly amount: number;
}

export type LedgerKind = 'authorised' | 'released' | 'captured' | 'fee' | 'refunded' | 'refund-failed';

/** Whether it counts among a doctor's income of the day, or only as a memorandum of what is set aside. */
export const isIncome = (kind: LedgerKind): boolean => kind !== 'authorised' && kind !== 'released';

export interface LedgerTransaction {
  /** Deterministic: the same step is booked once. */
  readonly id: string;
  readonly kind: LedgerKind;
  readonly chargeId: string;
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly currency: string;
  readonly entries: readonly LedgerEntry[];
  /** The provider's id of what moved, to be compared with its books. */
  readonly source?: string;
  readonly receiptNumber?: string;
  readonly at: Date;
}

/** What a doctor's books show a line of. */
export const LINE_KINDS: readonly LedgerKind[] = ['captured', 'refunded', 'refund-failed'];
/** What the provider has moved, and its own books therefore show too. */
export const MOVED_KINDS: readonly LedgerKind[] = [...LINE_KINDS, 'fee'];

/** Signed, as the provider's account sees it. */
export const movedOf = ({ entries }: Pick<LedgerTransaction, 'entries'>): number =>
  entries.find(({ account }) => account === 'provider')?.amount ?? 0;

/** Positive sums in minor units. */
export interface IncomeSums {
  readonly income: number;
  readonly refunds: number;
  readonly fees: number;
}

export const NO_INCOME: IncomeSums = { income: 0, refunds: 0, fees: 0 };

/** A refund that failed is a refund less. @param moved as {@link movedOf} tells it */
export function addIncome<T extends IncomeSums>(sums: T, kind: LedgerKind, moved: number): T {
  if (kind === 'captured') return { ...sums, income: sums.income + moved };
  if (kind === 'refunded' || kind === 'refund-failed') return { ...sums, refunds: sums.refunds - moved };
  return kind === 'fee' ? { ...sums, fees: sums.fees - moved } : sums;
}

/** A local day of a doctor with what moved on it. */
export interface IncomeDay extends IncomeSums {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly currency: string;
}

/** What moved, by doctor, local day and currency; their key names all three. */
export function incomeDaysOf(
  transactions: readonly LedgerTransaction[],
  timeZoneOf: (doctorId: string) => string,
): ReadonlyMap<string, IncomeDay & { doctorId: string }> {
  const days = new Map<string, IncomeDay & { doctorId: string }>();
  for (const { doctorId, currency, at, kind, entries } of transactions) {
    if (!isIncome(kind)) continue;
    const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
    const day = instant.toZonedDateTimeISO(timeZoneOf(doctorId)).toPlainDate().toString();
    const id = `${doctorId}|${day}|${currency}`;
    const sums = days.get(id) ?? { doctorId, day, currency, ...NO_INCOME };
    days.set(id, addIncome(sums, kind, movedOf({ entries })));
  }
  return days;
}

/** @throws Error when a transaction does not sum to zero, which none ever should */
export function expectBalance(transactions: readonly LedgerTransaction[]): void {
  for (const { id, entries } of transactions)
    if (entries.reduce((sum, { amount }) => sum + amount, 0) !== 0) throw new Error(`${id} is out of balance`);
}

const transfer = (debit: string, credit: string, amount: number): LedgerEntry[] => [
  { account: debit, amount },
  { account: credit, amount: -amount },
];

/** What changed between two states of a charge, as transactions: captures, fees, refunds, and the memorandum of holds. */
export function transactionsBetween(before: ChargeState, after: ChargeState, at: Date): LedgerTransaction[] {
  const { id: chargeId, appointmentId, doctorId, patientId, amount } = after;
  const about = { chargeId, appointmentId, doctorId, patientId, currency: amount.currency, at };
  const booked: LedgerTransaction[] = [];
  const book = (kind: LedgerKind, name: string, entries: LedgerEntry[], source?: string) =>
    booked.push({ id: `${chargeId}:${name}`, kind, ...about, entries, ...(source !== undefined && { source }) });
  const [heldBefore, heldAfter] = [before.held, after.held];
  if (heldAfter > heldBefore) {
    book('authorised', `authorised:${after.round}`, transfer('holds', 'holds:contra', heldAfter - heldBefore));
  }
  if (heldAfter < heldBefore) {
    book('released', `released:${before.round}`, transfer('holds:contra', 'holds', heldBefore - heldAfter));
  }
  const intent = after.intent?.id;
  if (after.captured > before.captured) {
    book('captured', 'captured', transfer('provider', `doctor:${doctorId}`, after.captured - before.captured), intent);
  }
  if (after.fee !== undefined && before.fee === undefined && after.fee > 0) {
    book('fee', 'fee', transfer(`fees:${doctorId}`, 'provider', after.fee), intent);
  }
  const known = new Map(before.refunds.map((refund) => [refund.id, refund.status]));
  for (const { id, amount: back, status } of after.refunds) {
    const was = known.get(id);
    if (was === undefined) book('refunded', `refunded:${id}`, transfer(`doctor:${doctorId}`, 'provider', back), id);
    // The bank sent it back (a closed account): the provider has it again.
    if (status === 'failed' && was !== 'failed') {
      book('refund-failed', `refund-failed:${id}`, transfer('provider', `doctor:${doctorId}`, back), id);
    }
  }
  return booked.map((transaction) =>
    after.receiptNumber !== undefined && transaction.kind === 'captured'
      ? { ...transaction, receiptNumber: after.receiptNumber }
      : transaction,
  );
}
