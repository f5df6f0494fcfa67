import { ValidateBy } from 'class-validator';
import { Choice, Whole } from './fields.js';

export const currencies = ['TND', 'EUR', 'USD'] as const;
export type Currency = (typeof currencies)[number];

/** Eight digits. Source: Stripe, « The PaymentIntent object », amount. */
const MAX_PRICE = 99_999_999;

/**
 * What can be charged of a currency, in its minor unit. Sources: Stripe, « Supported currencies »: of three decimals the
 * last is zero; at least 0.50 USD or EUR. For TND no minimum is published but that of 0.50 USD, which two dinars are above
 * at any rate of the last years.
 */
export const priceLimits: Readonly<Record<Currency, { step: number; min: number }>> = {
  TND: { step: 10, min: 2_000 },
  EUR: { step: 1, min: 50 },
  USD: { step: 1, min: 50 },
};

/** Why that cannot be charged; undefined when it can, or is free. */
export function priceFault(
  amount: number,
  currency: Currency,
): { code: string; step?: number; min?: number } | undefined {
  const { step, min } = priceLimits[currency];
  if (amount % step !== 0) return { code: 'not-a-multiple', step };
  return amount !== 0 && amount < min ? { code: 'too-small', min } : undefined;
}

/** Looks at the currency beside it; what is wrong with either alone, the other checks tell. */
const faultOf = (amount: unknown, of: object | undefined) => {
  const currency = (of as Partial<Price> | undefined)?.currency as Currency;
  const isAmount = Number.isInteger(amount) && (amount as number) >= 0;
  return isAmount && currencies.includes(currency) ? priceFault(amount as number, currency) : undefined;
};

const Chargeable = ValidateBy(
  { name: 'chargeable', validator: { validate: (value, args) => !faultOf(value, args?.object) } },
  { message: ({ value, object }) => JSON.stringify(faultOf(value, object)) },
);

/** An amount in the currency's minor unit (TND has three decimals, ISO 4217). */
export class Money {
  @Whole({ min: 0, max: 1_000_000_000, example: 60000 }) amount!: number;
  @Choice(currencies, { example: 'TND' }) currency!: string;
}

/** What can be charged: nothing, or an amount that the payment provider can move. */
export class Price {
  @Whole({
    min: 0,
    max: MAX_PRICE,
    example: 60000,
    description: 'Free is 0; else at least 2,000 TND in steps of 10 (thousandths), or 50 EUR or USD (cents)',
  })
  @Chargeable
  amount!: number;
  @Choice(currencies, { example: 'TND' }) currency!: string;
}
