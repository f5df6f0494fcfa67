import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { numberFormat, tagOf } from '../lib/format';

const FULL = 5;

/** So many of five stars; screen readers hear the number. */
export function Stars({ value, size = '1.1rem' }: { value: number; size?: string }) {
  const { t } = useTranslation();
  return (
    <span role="img" aria-label={t('feedback.star', { count: value })} style={{ fontSize: size, whiteSpace: 'nowrap' }}>
      {Array.from({ length: FULL }, (_, at) => (
        <span key={at} aria-hidden style={{ color: at < Math.round(value) ? 'var(--star)' : 'var(--line)' }}>
          ★
        </span>
      ))}
    </span>
  );
}

export const formatAverage = (average: number, language: string): string =>
  numberFormat(tagOf(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(average);

/** « ★ 4,6 (12 avis) », or that nobody rated yet. */
export function RatingLine({ average, count, none }: { average: number | null; count: number; none: string }) {
  const { t, i18n } = useTranslation();
  if (count === 0 || average === null) {
    return (
      <Text size="sm" className="quiet">
        {none}
      </Text>
    );
  }
  const text = t('feedback.average', { average: formatAverage(average, i18n.language) });
  return (
    <Group gap={6}>
      <span aria-hidden style={{ color: 'var(--star)' }}>
        ★
      </span>
      <Text size="sm">
        <strong>{text}</strong> · {t('feedback.count', { count })}
      </Text>
    </Group>
  );
}
