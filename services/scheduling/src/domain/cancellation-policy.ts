import { minutesAfter } from './values.js';

export interface RefundTier {
  /** Hours before the start from which on, up to the cut-off, the share is given. */
  readonly hoursBefore: number;
  /** 0 to 100. */
  readonly refundPercent: number;
}

/** What a patient who cancels gets back: all until the cut-off, after it the share of the tier that is still met. */
export interface CancellationPolicy {
  readonly cutoffHours: number;
  readonly tiers: readonly RefundTier[];
}

export const defaultCancellation: CancellationPolicy = {
  cutoffHours: 24,
  tiers: [{ hoursBefore: 0, refundPercent: 50 }],
};

const HOUR_MINUTES = 60;

/** Until when each share is given, whole first. */
export function sharesOf(
  { cutoffHours, tiers }: CancellationPolicy,
  startsAt: Date,
): { until: Date; refundPercent: number; hoursBefore: number }[] {
  const at = (hoursBefore: number, refundPercent: number) => ({
    hoursBefore,
    refundPercent,
    until: minutesAfter(startsAt, -hoursBefore * HOUR_MINUTES),
  });
  const falling = [...tiers].sort((a, b) => b.hoursBefore - a.hoursBefore);
  return [at(cutoffHours, 100), ...falling.map(({ hoursBefore, refundPercent }) => at(hoursBefore, refundPercent))];
}

/** Share in percent that a patient gets back who cancels at `now`. */
export const refundPercent = (policy: CancellationPolicy, startsAt: Date, now: Date): number =>
  sharesOf(policy, startsAt).find(({ until }) => now <= until)?.refundPercent ?? 0;

/** Faults of a policy, fields relative to it. */
export function policyFaults({ cutoffHours, tiers }: CancellationPolicy): { field: string; code: string }[] {
  const faults: { field: string; code: string }[] = [];
  tiers.forEach(({ hoursBefore, refundPercent: share }, index) => {
    const others = tiers.filter((_, at) => at !== index);
    if (hoursBefore >= cutoffHours) faults.push({ field: `tiers.${index}.hoursBefore`, code: 'not-before-cutoff' });
    if (others.slice(0, index).some((other) => other.hoursBefore === hoursBefore))
      faults.push({ field: `tiers.${index}.hoursBefore`, code: 'duplicate' });
    if (others.some((other) => other.hoursBefore > hoursBefore && other.refundPercent < share))
      faults.push({ field: `tiers.${index}.refundPercent`, code: 'rises-near-visit' });
  });
  return faults;
}
