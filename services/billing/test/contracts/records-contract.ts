import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Customers, Operations, WebhookEvents } from '../../src/domain/charges.js';
import type { Practices } from '../../src/domain/practices.js';
import type { Receipts } from '../../src/domain/receipts.js';
import { contentOfReceipt } from '../receipts-in-memory.js';

export interface RecordsUnderTest {
  receipts: Receipts;
  operations: Operations;
  customers: Customers;
  events: WebhookEvents;
  practices: Practices;
}

const AT = new Date('2026-11-23T08:00:00.000Z');

/** What billing needs of whatever else it keeps, wherever that is. */
export function describeRecords(store: string, open: () => Promise<RecordsUnderTest>): void {
  let kept: RecordsUnderTest;
  beforeEach(async () => {
    kept = await open();
  });

  describe(`receipts in ${store}`, () => {
    const receipt = (number: string, paymentId: string) => ({ ...contentOfReceipt(paymentId), number });

    it('are one under a number and one of a payment, of many that are added at once', async () => {
      const { receipts } = kept;
      const added = await Promise.all([
        ...[1, 2, 3, 4].map((n) => receipts.add(receipt('2026-000001', `payment-${n}`))),
        ...[5, 6, 7].map((n) => receipts.add(receipt(`2026-00000${n}`, 'payment'))),
      ]);
      expect([added.slice(0, 4), added.slice(4)].map((some) => some.filter(Boolean).length)).toEqual([1, 1]);
    });

    it('tell the highest number of a year', async () => {
      const { receipts } = kept;
      expect(await receipts.highestNumber('2026-')).toBeUndefined();
      for (const number of ['2025-000009', '2026-000010', '2026-000002', '2027-000001'])
        await receipts.add(receipt(number, `of ${number}`));
      expect(await receipts.highestNumber('2026-')).toBe('2026-000010');
      expect(await receipts.highestNumber('2028-')).toBeUndefined();
    });

    it('stay as they were first printed', async () => {
      const { receipts } = kept;
      await receipts.add(receipt('2026-000001', 'payment'));
      expect(await receipts.ofPayment('payment')).toEqual({ content: receipt('2026-000001', 'payment') });
      await receipts.keep('2026-000001', Buffer.from('first'));
      await receipts.keep('2026-000001', Buffer.from('second'));
      expect((await receipts.ofPayment('payment'))!.pdf).toEqual(Buffer.from('first'));
      expect(await receipts.ofPayment('another')).toBeUndefined();
    });
  });

  describe(`operations in ${store}`, () => {
    it('keep when they were first asked for, and how many keys are spent', async () => {
      const { operations } = kept;
      const operation = { kind: 'capture', name: 'c1:1:capture', chargeId: 'c1' };
      const later = new Date(AT.getTime() + 1_000);
      expect(await operations.begin(operation, AT)).toEqual({ spent: 0, begunAt: AT });
      await operations.spend(operation.name, 2);
      await operations.spend(operation.name, 1);
      operations.end(operation.name, 'done', later);
      expect(await operations.begin(operation, later)).toEqual({ spent: 2, begunAt: AT });
      expect(await operations.begin({ ...operation, name: 'c1:2:capture' }, later)).toEqual({
        spent: 0,
        begunAt: later,
      });
    });

    it('begin once where they are asked for at once', async () => {
      const times = Array.from({ length: 8 }, (_, n) => new Date(AT.getTime() + n));
      const begun = await Promise.all(times.map((at) => kept.operations.begin({ kind: 'x', name: 'x' }, at)));
      expect(new Set(begun.map(({ begunAt }) => begunAt.getTime())).size).toBe(1);
    });
  });

  describe(`customers in ${store}`, () => {
    it('are one for a patient: the first that is kept', async () => {
      const { customers } = kept;
      expect(await customers.find('patient')).toBeUndefined();
      const answers = await Promise.all(['cus_1', 'cus_2', 'cus_3'].map((id) => customers.keep('patient', id)));
      expect(new Set(answers).size).toBe(1);
      expect(await customers.find('patient')).toBe(answers[0]);
      expect(await customers.keep('patient', 'cus_4')).toBe(answers[0]);
    });
  });

  describe(`webhook events in ${store}`, () => {
    it('are new once', async () => {
      const { events } = kept;
      const added = await Promise.all([1, 2, 3].map(() => events.add('evt_1', 'x', AT)));
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await events.add('evt_1', 'x', AT)).toBe(false);
      expect(await events.add('evt_2', 'x', AT)).toBe(true);
    });
  });

  describe(`practices in ${store}`, () => {
    it('follow the latest word, whatever order it comes in', async () => {
      const { practices } = kept;
      expect(await practices.isBarred('doctor')).toBe(false);
      await practices.keep('doctor', true, 5);
      await practices.keep('doctor', false, 4);
      expect(await practices.isBarred('doctor')).toBe(true);
      expect(await practices.doctor('doctor')).toMatchObject({ person: { id: 'doctor' }, isBarred: true });
      await practices.keep('doctor', false, 6);
      expect(await practices.isBarred('doctor')).toBe(false);
      expect(await practices.doctor('nobody')).toMatchObject({ person: { id: 'nobody' }, isBarred: false });
    });
  });
}
