import type { Mode, Money } from './values.js';

/** What a receipt says; nothing medical. */
export interface ReceiptContent {
  /** `YYYY-NNNNNN`, without gaps within a year. */
  readonly number: string;
  readonly issuedAt: Date;
  readonly language: 'fr' | 'en' | 'ar';
  /** IANA name. */
  readonly timeZone: string;
  readonly patient: { readonly firstName: string; readonly lastName: string };
  readonly doctor: { readonly firstName: string; readonly lastName: string };
  readonly startsAt: Date;
  readonly mode: Mode;
  readonly amount: Money;
  readonly refunded: Money | null;
  readonly method: { readonly brand: string; readonly last4: string } | null;
  readonly paymentId: string;
  /** Cards were not real: said plainly. */
  readonly testMode: boolean;
  readonly issuer: string;
}

export abstract class ReceiptPrinter {
  /** @returns a PDF; the same content gives the same bytes */
  abstract print(content: ReceiptContent): Promise<Buffer>;
}
