import { Choice, Whole } from './fields.js';

export const currencies = ['TND', 'EUR', 'USD'] as const;

/** An amount in the currency's minor unit (TND has three decimals, ISO 4217). */
export class Money {
  @Whole({ min: 0, max: 1_000_000_000, example: 60000 }) amount!: number;
  @Choice(currencies, { example: 'TND' }) currency!: string;
}
