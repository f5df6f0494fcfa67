import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { weekdays } from './week';
import { useWords } from './use-words';

const WORKING_DAYS = ['1', '2', '3', '4', '5'];

/** Puts the hours of a day on others, in place of theirs. */
export function CopyDay({
  from,
  onCopy,
  onClose,
}: {
  from: string;
  onCopy: (to: readonly string[]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { dayOf } = useWords();
  const [to, setTo] = useState<string[]>([]);
  return (
    <Stack gap="xs">
      <Checkbox.Group
        label={t('availability.panel.copyTo', { day: dayOf(from) })}
        description={t('availability.panel.copyReplaces')}
        value={to}
        onChange={setTo}
      >
        <Group gap="sm" mt="xs">
          {weekdays
            .filter((weekday) => weekday !== from)
            .map((weekday) => (
              <Checkbox key={weekday} value={weekday} label={dayOf(weekday)} />
            ))}
        </Group>
      </Checkbox.Group>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => setTo(WORKING_DAYS.filter((day) => day !== from))}>
          {t('availability.panel.workingDays')}
        </Button>
        <Button size="compact-sm" disabled={to.length === 0} onClick={() => onCopy(to)}>
          {t('availability.panel.replace')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
