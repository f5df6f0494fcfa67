import type { Money } from './values.js';

/** Currencies with three decimals, of which Stripe moves steps of ten only. Source: Stripe, « Supported currencies ». */
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** Less cannot be charged: the same limits as where prices are set. */
const LEAST: Readonly<Record<string, number>> = { TND: 2_000, EUR: 50, USD: 50 };

const stepOf = (currency: string): number => (THREE_DECIMALS.has(currency) ? 10 : 1);

const rounded = (amount: number, step: number): number => Math.round(amount / step) * step;

/**
 * What can be charged for that price, rounded half up to what can be moved; too little for that is free. Prices that are
 * set today are that already; older ones are not.
 */
export function chargeable({ amount, currency }: Money): Money {
  const charged = rounded(amount, stepOf(currency));
  return { amount: charged < (LEAST[currency] ?? 0) ? 0 : charged, currency };
}

/** That share of what is charged, rounded half up to what can be moved, never above it. */
export function shareOf(price: Money, percent: number): number {
  const { amount, currency } = chargeable(price);
  return Math.min(amount, rounded((amount * percent) / 100, stepOf(currency)));
}
