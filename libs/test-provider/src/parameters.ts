import { invalid, missing } from './provider-error.js';

/** What came with a request: form fields as qs nests them, or JSON. */
export type Parameters = Record<string, unknown>;

export function text(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`Invalid string: ${name}`, name);
  return value;
}

export function requiredText(parameters: Parameters, name: string): string {
  const value = text(parameters, name);
  if (!value) throw missing(name);
  return value;
}

export function flag(parameters: Parameters, name: string): boolean {
  const value = parameters[name];
  return value === true || value === 'true';
}

/** A positive integer; undefined when it is absent. */
export function whole(parameters: Parameters, name: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const value = parameters[name];
  if (value === undefined || value === '') return undefined;
  const refuse = (message: string) => invalid(message, name, 'parameter_invalid_integer');
  const number = /^-?\d+$/.test(String(value)) ? Number(value) : NaN;
  if (Number.isNaN(number)) throw refuse(`Invalid integer: ${String(value)}`);
  if (number < 1) throw refuse('This value must be greater than or equal to 1.');
  if (number > most) throw refuse(`This value must be less than or equal to ${most}.`);
  return number;
}

export function record(parameters: Parameters, name: string): Record<string, unknown> {
  const value = parameters[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export const metadataOf = (parameters: Parameters): Record<string, string> =>
  Object.fromEntries(Object.entries(record(parameters, 'metadata')).map(([key, value]) => [key, String(value)]));

export function expandOf(parameters: Parameters): string[] {
  const value = parameters.expand;
  return Array.isArray(value) ? value.map(String) : [];
}

const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/** The least step of an amount: Stripe takes three-decimal currencies in steps of ten. */
export const stepOf = (currency: string): number => (THREE_DECIMALS.has(currency) ? 10 : 1);

/** @throws ProviderError */
export function currencyOf(parameters: Parameters): string {
  const currency = requiredText(parameters, 'currency').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}.`, 'currency');
  return currency;
}

/** 0.50 of USD or EUR, and what is above that in TND. Source: Stripe, « Minimum and maximum charge amounts ». */
const MIN_AMOUNTS: Readonly<Record<string, number>> = { usd: 50, eur: 50, tnd: 2_000 };

/** What is to be charged. @throws ProviderError for what Stripe refuses */
export function chargeOf(parameters: Parameters, currency: string): number | undefined {
  const amount = amountOf(parameters, currency);
  const least = MIN_AMOUNTS[currency] ?? 1;
  if (amount !== undefined && amount < least)
    throw invalid(`Amount must be at least ${least} ${currency}.`, 'amount', 'amount_too_small');
  return amount;
}

/** Eight digits. Source: Stripe, « The PaymentIntent object », amount. */
const MAX_AMOUNT = 99_999_999;

/** @throws ProviderError for what Stripe refuses */
export function amountOf(parameters: Parameters, currency: string, name = 'amount'): number | undefined {
  const amount = whole(parameters, name);
  if (amount !== undefined && amount > MAX_AMOUNT)
    throw invalid(`Amount must be no more than ${MAX_AMOUNT}.`, name, 'amount_too_large');
  if (amount !== undefined && amount % stepOf(currency) !== 0) {
    throw invalid(
      `Amounts in ${currency} must be evenly divisible by ${stepOf(currency)}.`,
      name,
      'parameter_invalid_integer',
    );
  }
  return amount;
}
