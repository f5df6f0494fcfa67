import type { Money } from './values.js';

/** Currencies with three decimals, of which Stripe moves steps of ten only. Source: Stripe, « Supported currencies ». */
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** Less cannot be charged: the same limits as where prices are set. */
const LEAST: Readonly<Record<string, number>> = { TND: 2_000, EUR: 50, USD: 50 };

/** The amount rounded half up to what the provider moves. */
export function movable({ amount, currency }: Money): number {
  const step = THREE_DECIMALS.has(currency) ? 10 : 1;
  return Math.round(amount / step) * step;
}

/**
 * What can be charged for that price; too little for that is not charged at all. Prices that are set today are that
 * already; older ones are not.
 */
export function chargeable(price: Money): Money {
  const { currency } = price;
  const amount = movable(price);
  return { amount: amount < (LEAST[currency] ?? 0) ? 0 : amount, currency };
}
