import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../lib/api';
import { formatAverage, Stars } from './stars';

type Summary = Pick<Schemas['PublicFeedbackList'], 'average' | 'count' | 'distribution'>;

/** Average, number and how often each number of stars was given. */
export function RatingSummary({ average, count, distribution }: Summary) {
  const { t, i18n } = useTranslation();
  if (count === 0 || average === null) return null;
  return (
    <div className="rating-summary">
      <Stack gap={0} align="center">
        <Text fz="2rem" fw={700} lh={1.1}>
          {formatAverage(average, i18n.language)}
        </Text>
        <Stars value={average} />
        <Text size="sm" className="quiet">
          {t('feedback.count', { count })}
        </Text>
      </Stack>
      <ul aria-label={t('feedback.distribution')}>
        {(['5', '4', '3', '2', '1'] as const).map((stars) => (
          <li key={stars}>
            <span className="visually-hidden">
              {t('feedback.percent', {
                stars: t('feedback.star', { count: Number(stars) }),
                count: distribution[stars],
              })}
            </span>
            <span aria-hidden>{stars} ★</span>
            <span className="bar" aria-hidden>
              <span style={{ inlineSize: `${(100 * distribution[stars]) / count}%` }} />
            </span>
            <span aria-hidden>{distribution[stars]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
