import type { ReceiptContent } from './receipt.js';
import type { Receipts } from './receipts.js';

const DIGITS = 6;

/**
 * Numbers receipts `YYYY-NNNNNN`: by the year of their issue in UTC, one after the other and none left out. A number exists
 * only as a receipt, and the next one is tried only when that one exists; a payment has one receipt, however often it is
 * asked for. Numbers are given outside the payment's transaction: payments that wait there for one another's number would
 * stand still under load.
 */
export class ReceiptNumbering {
  /** The number given last, as far as this process knows. */
  private last: { year: number; position: number } | undefined;
  private issuing: Promise<unknown> = Promise.resolve();

  constructor(private readonly receipts: Receipts) {}

  /** @returns the number under which the receipt is kept */
  issue(content: Omit<ReceiptContent, 'number'>): Promise<string> {
    const issued = this.issuing.then(() => this.add(content));
    this.issuing = issued.catch(() => undefined);
    return issued;
  }

  private async add(content: Omit<ReceiptContent, 'number'>): Promise<string> {
    const year = content.issuedAt.getUTCFullYear();
    for (;;) {
      const position = 1 + (this.last?.year === year ? this.last.position : await this.highest(year));
      const number = `${year}-${String(position).padStart(DIGITS, '0')}`;
      if (await this.receipts.add({ ...content, number })) {
        this.last = { year, position };
        return number;
      }
      const issued = await this.receipts.ofPayment(content.paymentId);
      if (issued) return issued.content.number;
      // Another replica was faster, perhaps by many.
      this.last = { year, position: Math.max(position, await this.highest(year)) };
    }
  }

  private async highest(year: number): Promise<number> {
    const number = await this.receipts.highestNumber(`${year}-`);
    return number === undefined ? 0 : Number(number.slice(`${year}-`.length));
  }
}
