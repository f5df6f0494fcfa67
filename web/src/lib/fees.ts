import type { AppliedRules } from './rules';

export type FeeRange = AppliedRules['feeRanges'][number];

/**
 * What is usual for any of the specialties, where the amount is outside of all of it.
 * @param amount minor units
 * @returns undefined: it is usual, or nobody has said what is
 */
export function usualInstead(
  amount: number,
  currency: string,
  specializations: readonly string[],
  ranges: readonly FeeRange[],
): readonly FeeRange[] | undefined {
  const theirs = ranges.filter((one) => one.currency === currency && specializations.includes(one.specialization));
  const isUsual = theirs.some(({ from, to }) => amount >= from && amount <= to);
  // What is free of charge is nobody's concern.
  return isUsual || theirs.length === 0 || amount === 0 ? undefined : theirs;
}
