import { Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatDayTime } from '../lib/format';
import { useNow } from '../lib/now';

export interface Policy {
  cutoffHours: number;
  tiers: readonly { hoursBefore: number; refundPercent: number }[];
}

/** What a patient who cancels gets back, sentence by sentence. */
export function policySentences({ cutoffHours, tiers }: Policy, t: TFunction): string[] {
  const falling = [...tiers].sort((a, b) => b.hoursBefore - a.hoursBefore);
  const last = falling.at(-1);
  const open = cutoffHours > 0 && (last === undefined || last.hoursBefore > 0 || last.refundPercent === 0);
  return [
    cutoffHours === 0 ? t('payments.policy.wholeAlways') : t('payments.policy.whole', { count: cutoffHours }),
    ...falling
      .filter(({ refundPercent }) => refundPercent > 0)
      .map(({ hoursBefore, refundPercent: percent }) =>
        hoursBefore === 0
          ? t('payments.policy.thenStart', { percent })
          : t('payments.policy.tier', { percent, count: hoursBefore }),
      ),
    ...(open ? [t('payments.policy.none')] : []),
    t('payments.policy.doctor'),
  ];
}

const HOUR_MS = 3_600_000;

/**
 * The same for an appointment of which the start is known: until when exactly, without what has passed.
 * @param whenOf words of an instant
 */
export function exactSentences(
  { cutoffHours, tiers }: Policy,
  { startsAt, now, whenOf }: { startsAt: string; now: number; whenOf: (instant: string) => string },
  t: TFunction,
): string[] {
  const falling = [...tiers].filter(({ refundPercent }) => refundPercent > 0);
  const steps = [{ hoursBefore: cutoffHours, refundPercent: 100 }, ...falling]
    .sort((a, b) => b.hoursBefore - a.hoursBefore)
    .map(({ hoursBefore, refundPercent: percent }) => {
      const until = new Date(Date.parse(startsAt) - hoursBefore * HOUR_MS).toISOString();
      return { percent, hoursBefore, until, when: whenOf(until) };
    })
    .filter(({ until }) => Date.parse(until) > now);
  const isOpen = (steps.at(-1)?.hoursBefore ?? 1) > 0;
  return [
    ...steps.map(({ percent, hoursBefore, when }, index) => {
      if (percent === 100)
        return hoursBefore === 0 ? t('payments.policy.wholeAlways') : t('payments.policy.wholeUntil', { when });
      const order = index === 0 ? 'now' : 'then';
      return t(`payments.policy.${order}${hoursBefore === 0 ? 'Start' : 'Until'}`, { percent, when });
    }),
    ...(isOpen ? [t(steps.length > 0 ? 'payments.policy.none' : 'payments.policy.noneNow')] : []),
    t('payments.policy.doctor'),
  ];
}

/** @param startsAt where the appointment is known, and in which time zone its times are told */
export function PolicyWords({ policy, startsAt, zone }: { policy: Policy; startsAt?: string; zone?: string }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const whenOf = (instant: string) => formatDayTime(instant, i18n.language, zone);
  const sentences = startsAt ? exactSentences(policy, { startsAt, now, whenOf }, t) : policySentences(policy, t);
  return (
    <Stack gap={2}>
      {sentences.map((sentence, index) => (
        <Text key={index} size="sm" className="quiet">
          {sentence}
        </Text>
      ))}
    </Stack>
  );
}
