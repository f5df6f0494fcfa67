import { beforeEach, describe, expect, it } from '@jest/globals';
import type { People } from '@medflow/people';
import type { Ledger } from '../../src/domain/charges.js';
import type { LedgerEntry, LedgerKind, LedgerTransaction } from '../../src/domain/ledger.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, msAfter } from '../../src/domain/values.js';

export interface LedgerUnderTest {
  ledger: Ledger;
  people: People;
  book(transactions: readonly LedgerTransaction[]): Promise<void>;
}

const NOW = new Date('2026-11-23T08:00:00.000Z');

/** Signed, as the provider's account sees it; a memorandum moves nothing there. */
const entriesOf = (kind: LedgerKind, amount: number): LedgerEntry[] =>
  kind === 'authorised' || kind === 'released'
    ? [
        { account: 'holds', amount },
        { account: 'holds:contra', amount: -amount },
      ]
    : [
        { account: 'provider', amount },
        { account: kind === 'fee' ? 'fees:d1' : 'doctor:d1', amount: -amount },
      ];

const step = (
  chargeId: string,
  kind: LedgerKind,
  amount: number,
  change: Partial<LedgerTransaction> = {},
): LedgerTransaction => ({
  id: `${chargeId}:${kind}`,
  kind,
  chargeId,
  appointmentId: `of-${chargeId}`,
  doctorId: 'd1',
  patientId: 'p1',
  currency: 'TND',
  entries: entriesOf(kind, amount),
  at: NOW,
  ...change,
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What billing needs of its books, wherever they are kept. */
export function describeLedger(store: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger in ${store}`, () => {
    let under: LedgerUnderTest;
    let ledger: Ledger;
    beforeEach(async () => {
      under = await open();
      ({ ledger } = under);
    });

    const at = (minutes: number) => ({ at: msAfter(NOW, minutes * MINUTE_MS) });
    const idsOf = async (...args: Parameters<Ledger['lines']>) => (await ledger.lines(...args)).map(({ id }) => id);

    it('shows payments with what the provider kept of them, refunds, and refunds that came back', async () => {
      await under.book([
        step('c1', 'authorised', 60_000),
        step('c1', 'captured', 60_000, { ...at(1), receiptNumber: '2026-000001' }),
        step('c1', 'fee', -1_740, at(1)),
        step('c1', 'refunded', -20_000, at(2)),
        step('c1', 'refund-failed', 20_000, at(3)),
        step('c2', 'captured', 10_000, { ...at(4), doctorId: 'd2' }),
      ]);
      const about = { appointmentId: 'of-c1', patientId: 'p1', currency: 'TND' };
      const lines = [
        { id: 'c1:refund-failed', kind: 'refund', ...at(3), ...about, amount: 20_000, fee: 0 },
        { id: 'c1:refunded', kind: 'refund', ...at(2), ...about, amount: -20_000, fee: 0 },
        {
          id: 'c1:captured',
          kind: 'payment',
          ...at(1),
          ...about,
          amount: 60_000,
          fee: 1_740,
          receiptNumber: '2026-000001',
        },
      ];
      expect(await ledger.lines('d1', {}, { limit: 10 })).toEqual(lines);
      expect(await all(ledger.everyLine('d1', {}))).toEqual(lines.toReversed());
    });

    it('is read page by page, newest first, each line once where several have one time', async () => {
      await under.book(['a', 'b', 'c', 'd'].map((id, n) => step(id, 'captured', 1_000, at(n < 3 ? 0 : 1))));
      expect(await idsOf('d1', {}, { limit: 2 })).toEqual(['d:captured', 'c:captured', 'b:captured']);
      const after = { ...at(0), id: 'c:captured' };
      expect(await idsOf('d1', {}, { limit: 2, after })).toEqual(['b:captured', 'a:captured']);
    });

    it('is read of a period, without its end', async () => {
      await under.book(['a', 'b', 'c'].map((id, n) => step(id, 'captured', 1_000, at(n))));
      const period = { from: at(1).at, to: at(2).at };
      expect(await idsOf('d1', period, { limit: 10 })).toEqual(['b:captured']);
      expect(await all(ledger.everyLine('d1', period))).toHaveLength(1);
      expect(await ledger.totals('d1', period)).toEqual([{ currency: 'TND', income: 1_000, refunds: 0, fees: 0 }]);
      const after = { ...at(2), id: 'c:captured' };
      expect(await idsOf('d1', { from: at(1).at }, { limit: 10, after })).toEqual(['b:captured']);
    });

    it('gives all lines, oldest first, however many there are', async () => {
      await under.book(Array.from({ length: 401 }, (_, n) => step(`c${n}`, 'captured', 1_000, at(n))));
      const lines = await all(ledger.everyLine('d1', {}));
      expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 401 }, (_, n) => `c${n}:captured`));
    });

    it('sums up each currency: income, refunds that stand, and fees', async () => {
      await under.book([
        step('c1', 'authorised', 60_000),
        step('c1', 'captured', 60_000),
        step('c1', 'fee', -1_740),
        step('c1', 'refunded', -20_000),
        step('c2', 'captured', 10_000),
        step('c2', 'refunded', -10_000),
        step('c2', 'refund-failed', 10_000),
        step('c3', 'captured', 5_000, { currency: 'EUR' }),
      ]);
      const totals = await ledger.totals('d1', {});
      expect(totals.sort((a, b) => (a.currency < b.currency ? -1 : 1))).toEqual([
        { currency: 'EUR', income: 5_000, refunds: 0, fees: 0 },
        { currency: 'TND', income: 70_000, refunds: 20_000, fees: 1_740 },
      ]);
      expect(await ledger.totals('d2', {})).toEqual([]);
    });

    it('sums up the days that are the doctor’s own', async () => {
      const word = { source: 'profiles', sequence: 1, firstName: 'K', lastName: 'T' } as const;
      await under.people.keep({ ...word, id: 'd1', timeZone: 'America/New_York' });
      // Of the availability plan.
      await under.people.keep({ id: 'd1', source: 'scheduling', sequence: 1, timeZone: 'Pacific/Auckland' });
      const day = (n: number, hours = 0) => ({ at: msAfter(NOW, n * DAY_MS + hours * HOUR_MS) });
      await under.book([
        step('c1', 'authorised', 60_000, day(0)),
        step('c1', 'captured', 60_000, day(0)),
        step('c1', 'fee', -1_740, day(0)),
        // Noon in London is the next day in Auckland.
        step('c2', 'captured', 10_000, day(0, 4)),
        step('c1', 'refunded', -20_000, day(2)),
        step('c3', 'captured', 5_000, day(3)),
      ]);
      expect(await ledger.days('d1', '2026-11-23', '2026-11-25')).toEqual([
        { day: '2026-11-23', currency: 'TND', income: 60_000, refunds: 0, fees: 1_740 },
        { day: '2026-11-24', currency: 'TND', income: 10_000, refunds: 0, fees: 0 },
        { day: '2026-11-25', currency: 'TND', income: 0, refunds: 20_000, fees: 0 },
      ]);
    });

    it('adds to a day what is booked on it later', async () => {
      for (const id of ['c1', 'c2']) await under.book([step(id, 'captured', 60_000)]);
      expect(await ledger.days('d1', '2026-11-23', '2026-11-23')).toMatchObject([{ income: 120_000 }]);
    });

    it('tells what moved at the provider in a period, and no memorandum', async () => {
      await under.book([
        step('c1', 'authorised', 60_000, at(1)),
        step('c1', 'captured', 60_000, { ...at(1), source: 'pi_1' }),
        step('c1', 'fee', -1_740, at(1)),
        step('c1', 'released', -60_000, at(1)),
        step('c1', 'refunded', -20_000, at(2)),
        step('c2', 'captured', 10_000, at(3)),
      ]);
      const moved = await all(ledger.movements(at(1).at, at(3).at));
      expect(moved.map(({ id }) => id).sort()).toEqual(['c1:captured', 'c1:fee', 'c1:refunded']);
      expect(moved.find(({ id }) => id === 'c1:captured')).toEqual(
        step('c1', 'captured', 60_000, { ...at(1), source: 'pi_1' }),
      );
    });

    it('balances, and takes nothing that does not', async () => {
      await under.book([step('c1', 'captured', 60_000), step('c2', 'captured', 5_000, { currency: 'EUR' })]);
      const entries = [{ account: 'provider', amount: 1 }];
      await expect(under.book([step('c3', 'captured', 1, { entries })])).rejects.toThrow('out of balance');
      const balances = await ledger.balances();
      expect(balances.sort((a, b) => (a.currency < b.currency ? -1 : 1))).toEqual([
        { currency: 'EUR', amount: 0 },
        { currency: 'TND', amount: 0 },
      ]);
    });

    it('books a step once, and none of those that are booked with it', async () => {
      await under.book([step('c1', 'captured', 60_000)]);
      await expect(under.book([step('c2', 'captured', 1_000), step('c1', 'captured', 60_000)])).rejects.toThrow();
      expect(await idsOf('d1', {}, { limit: 10 })).toEqual(['c1:captured']);
      expect(await ledger.days('d1', '2026-11-23', '2026-11-23')).toMatchObject([{ income: 60_000 }]);
    });
  });
}
