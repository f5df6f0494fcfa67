import { Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

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
          ? t('payments.policy.tierStart', { percent })
          : t('payments.policy.tier', { percent, count: hoursBefore }),
      ),
    ...(open ? [t('payments.policy.none')] : []),
    t('payments.policy.doctor'),
  ];
}

export function PolicyWords({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  return (
    <Stack gap={2}>
      {policySentences(policy, t).map((sentence, index) => (
        <Text key={index} size="sm" className="quiet">
          {sentence}
        </Text>
      ))}
    </Stack>
  );
}
