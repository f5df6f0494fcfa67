import type { ReceiptContent } from './receipt.js';

/** Receipts that were issued, numbered without gaps within a year, and kept as they were printed. */
export abstract class Receipts {
  abstract ofPayment(paymentId: string): Promise<{ content: ReceiptContent; pdf?: Buffer } | undefined>;
  /** The first print stays. */
  abstract keep(number: string, pdf: Buffer): Promise<void>;
}
