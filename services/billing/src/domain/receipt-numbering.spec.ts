import { beforeEach, describe, expect, it } from '@jest/globals';
import { contentOfReceipt, ReceiptsInMemory } from '../../test/receipts-in-memory.js';
import { ReceiptNumbering } from './receipt-numbering.js';

let receipts: ReceiptsInMemory;
beforeEach(() => {
  receipts = new ReceiptsInMemory();
});

describe('receipts', () => {
  it('are numbered one after the other and without a gap, by two replicas at once', async () => {
    const replicas = [new ReceiptNumbering(receipts), new ReceiptNumbering(receipts)];
    const issued = Array.from({ length: 60 }, (_, n) => replicas[n % 2]!.issue(contentOfReceipt(`payment-${n}`)));
    const numbers = (await Promise.all(issued)).sort();
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, n) => `2026-${String(n + 1).padStart(6, '0')}`));
  });

  it('of one payment are one, however often and by whomever it is asked for', async () => {
    const replicas = [new ReceiptNumbering(receipts), new ReceiptNumbering(receipts)];
    const asked = replicas.flatMap((replica) => [1, 2, 3].map(() => replica.issue(contentOfReceipt('payment'))));
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['2026-000001']));
    expect(await replicas[1]!.issue(contentOfReceipt('next'))).toBe('2026-000002');
  });

  it('begin anew with the year in UTC', async () => {
    const numbering = new ReceiptNumbering(receipts);
    await numbering.issue(contentOfReceipt('old', new Date('2026-12-31T23:59:59Z')));
    expect(await numbering.issue(contentOfReceipt('new', new Date('2027-01-01T00:00:00Z')))).toBe('2027-000001');
    expect(await numbering.issue(contentOfReceipt('late', new Date('2026-12-31T23:59:59Z')))).toBe('2026-000002');
  });

  it('go on after a number that could not be kept, without leaving it out', async () => {
    const numbering = new ReceiptNumbering(receipts);
    await numbering.issue(contentOfReceipt('first'));
    receipts.fails = true;
    await expect(numbering.issue(contentOfReceipt('second'))).rejects.toThrow('away');
    receipts.fails = false;
    expect(await numbering.issue(contentOfReceipt('third'))).toBe('2026-000002');
  });
});
