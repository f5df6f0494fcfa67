import { formatMoney, parseAmount } from './format';

/** What the server takes as well; the payment provider moves nothing else. */
const MOST = 99_999_999;
const limits: Readonly<Record<string, { step: number; least: number }>> = {
  TND: { step: 10, least: 2_000 },
  EUR: { step: 1, least: 50 },
  USD: { step: 1, least: 50 },
};

/** The key of what to say about a price as typed, with what fills it in; undefined where nothing is wrong with it. */
export function priceFault(
  text: string,
  currency: string,
  language: string,
): { key: string; values?: Record<string, string> } | undefined {
  const amount = parseAmount(text, currency);
  if (amount === undefined) return { key: 'profile.badAmount' };
  const money = (value: number) => formatMoney({ amount: value, currency }, language);
  const { step, least } = limits[currency] ?? { step: 1, least: 0 };
  if (amount > MOST) return { key: 'profile.priceMost', values: { most: money(MOST - (MOST % step)) } };
  if (amount !== 0 && amount < least) return { key: 'profile.priceLeast', values: { least: money(least) } };
  const below = amount - (amount % step);
  if (below === amount) return undefined;
  return { key: 'profile.priceStep', values: { below: money(below), above: money(below + step) } };
}
