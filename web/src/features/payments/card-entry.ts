import type { Payment } from '../../lib/payments';

/** The card as its form gives it: what a payment needs of it, whoever the provider is. */
export interface CardEntry {
  /** A new payment method of the provider; undefined when the form says what is wrong with what was typed. */
  tokenise(): Promise<string | undefined>;
  /** Lets the bank ask the patient. @returns whether they confirmed */
  authenticate(intent: { clientSecret: string; kind: Payment['intent'] }): Promise<boolean>;
}

/** The provider's answer was no; the code says why. */
export class CardRefused extends Error {
  constructor(readonly declineCode: string) {
    super(declineCode);
  }
}
