import type { ChargeState } from './charge-state.js';
import type { ReceiptContent } from './receipt.js';

/** Receipts as they were issued and printed. */
export abstract class Receipts {
  /** Kept at once, whatever becomes of the transaction around it. False when its number or its payment has one already. */
  abstract add(content: ReceiptContent): Promise<boolean>;
  /** Of those that begin so; undefined when there is none. */
  abstract highestNumber(prefix: string): Promise<string | undefined>;
  abstract ofPayment(paymentId: string): Promise<{ content: ReceiptContent; pdf?: Buffer } | undefined>;
  /** The first print stays. */
  abstract keep(number: string, pdf: Buffer): Promise<void>;
}

export abstract class ReceiptIssuer {
  /** For money that is known to be taken, before the charge says so. @returns the receipt's number */
  abstract issue(charge: ChargeState): Promise<string>;
}
