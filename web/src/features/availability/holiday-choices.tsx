import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../lib/format';
import { noon } from '../../lib/month';
import type { Holiday } from './holidays';

/** The public holidays to come, each to be away on or not. */
export function Holidays({
  holidays,
  away,
  onTick,
  onClear,
}: {
  holidays: readonly Holiday[];
  /** `YYYY-MM-DD` of all days on which the doctor is away. */
  away: readonly string[];
  onTick: (date: string) => void;
  onClear: (date: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const count = holidays.filter(({ date }) => away.includes(date)).length;
  return (
    <details className="card">
      <summary style={{ cursor: 'pointer' }}>
        {t('availability.holidays.title', { away: count, all: holidays.length })}
      </summary>
      <Stack gap="xs" mt="sm">
        <Text size="sm" className="quiet">
          {t('availability.holidays.text')}
        </Text>
        {holidays.map(({ date, name }) => (
          <Checkbox
            key={date}
            label={`${formatDay(noon(date), i18n.language)} · ${t(`availability.holidays.names.${name}`)}`}
            checked={away.includes(date)}
            onChange={(event) => (event.currentTarget.checked ? onTick(date) : onClear(date))}
          />
        ))}
      </Stack>
    </details>
  );
}
