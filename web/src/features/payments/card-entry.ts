import type { RefObject } from 'react';
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

/** The method of the card that was typed: the same until it is known what came of it, or something else is typed. */
export class TypedMethod {
  private made: string | undefined;

  constructor(private readonly entry: Pick<RefObject<Pick<CardEntry, 'tokenise'> | null>, 'current'>) {}

  async tokenise(): Promise<string | undefined> {
    this.made ??= await this.entry.current?.tokenise();
    return this.made;
  }

  readonly forget = (): void => {
    this.made = undefined;
  };
}
