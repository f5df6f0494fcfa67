import type { ReceiptContent } from '../src/domain/receipt.js';
import { Receipts } from '../src/domain/receipts.js';

export class ReceiptsInMemory extends Receipts {
  private readonly kept = new Map<string, { content: ReceiptContent; pdf?: Buffer }>();
  /** The database is away. */
  fails = false;

  override async add(content: ReceiptContent): Promise<boolean> {
    await Promise.resolve();
    if (this.fails) throw new Error('the database is away');
    const all = [...this.kept.values()].map((receipt) => receipt.content);
    if (all.some(({ number, paymentId }) => number === content.number || paymentId === content.paymentId)) return false;
    this.kept.set(content.number, { content });
    return true;
  }

  override async highestNumber(prefix: string): Promise<string | undefined> {
    return [...this.kept.keys()]
      .filter((number) => number.startsWith(prefix))
      .sort()
      .at(-1);
  }

  override async ofPayment(paymentId: string): Promise<{ content: ReceiptContent; pdf?: Buffer } | undefined> {
    return [...this.kept.values()].find(({ content }) => content.paymentId === paymentId);
  }

  override async keep(number: string, pdf: Buffer): Promise<void> {
    const receipt = this.kept.get(number);
    if (receipt) receipt.pdf ??= pdf;
  }
}

export const contentOfReceipt = (
  paymentId: string,
  issuedAt = new Date('2026-11-23T08:00:00Z'),
): Omit<ReceiptContent, 'number'> => ({
  paymentId,
  issuedAt,
  language: 'fr',
  timeZone: 'Africa/Tunis',
  patient: { firstName: 'Amina', lastName: 'Ben Salah' },
  doctor: { firstName: 'Karim', lastName: 'Trabelsi' },
  startsAt: new Date('2026-11-25T08:00:00Z'),
  mode: 'video',
  amount: { amount: 60_000, currency: 'TND' },
  refunded: null,
  method: { brand: 'visa', last4: '4242' },
  testMode: true,
  issuer: 'MedFlow',
});
