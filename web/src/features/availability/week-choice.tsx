import { Button, Chip, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatDays } from '../../lib/format';
import { inOrder, MOST_SEASONS, timeOf } from './seasons';
import type { SeasonsEditing } from './use-seasons';
import classes from './week.module.css';

const USUAL = 'usual';

/** Which week is edited: the usual one, or that of a season, which can be added, changed and taken away. */
export function WeekChoice({ seasons: editing, today }: { seasons: SeasonsEditing; today: string }) {
  const { t, i18n } = useTranslation();
  const { seasons, shown, removed } = editing;
  const choices = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (removed) undo.current?.focus();
  }, [removed]);
  const restore = () => {
    flushSync(editing.restore);
    choices.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  };
  const isFull = seasons.length >= MOST_SEASONS;
  const daysOf = (season: { from: string; to: string }) => formatDays(season.from, season.to, i18n.language);
  const wordsOf = (season: { from: string; to: string }) => {
    const time = timeOf(season, today);
    return time === 'coming' ? daysOf(season) : `${daysOf(season)} · ${t(`availability.seasons.${time}`)}`;
  };
  return (
    <Stack gap="xs" mb="md">
      <Group gap="xs">
        {seasons.length > 0 && (
          <Chip.Group
            value={shown?.key ?? USUAL}
            onChange={(value) => editing.choose(value === USUAL ? undefined : value)}
          >
            <Group gap="xs" role="radiogroup" aria-label={t('availability.seasons.choose')} ref={choices}>
              <Chip
                value={USUAL}
                name="week"
                size="sm"
                radius="md"
                variant="outline"
                classNames={{ label: classes.choice! }}
              >
                {t('availability.seasons.usual')}
              </Chip>
              {inOrder(seasons).map((season) => (
                <Chip
                  key={season.key}
                  value={season.key}
                  name="week"
                  size="sm"
                  radius="md"
                  variant="outline"
                  classNames={{ label: classes.choice! }}
                >
                  <bdi>{season.name}</bdi> <span className={classes.details}>{wordsOf(season)}</span>
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        )}
        {!isFull && (
          <Button size="sm" variant="default" onClick={() => editing.ask()}>
            {t('availability.seasons.add')}
          </Button>
        )}
      </Group>
      {isFull && (
        <Text size="sm" className="quiet">
          {t('availability.seasons.full', { count: MOST_SEASONS })}
        </Text>
      )}
      {shown && (
        <Group gap="xs">
          <Text size="sm">{t('availability.seasons.instead', { days: daysOf(shown) })}</Text>
          <Button size="compact-sm" variant="default" onClick={() => editing.ask(shown)}>
            {t('availability.seasons.change')}
          </Button>
          <Button size="compact-sm" variant="light" color="red" onClick={() => editing.remove(shown)}>
            {t('availability.seasons.remove')}
          </Button>
        </Group>
      )}
      <Group gap="xs">
        <div role="status">
          {removed && <Text size="sm">{t('availability.seasons.removed', { name: removed.name })}</Text>}
        </div>
        {removed && (
          <Button ref={undo} size="compact-sm" variant="default" onClick={restore}>
            {t('availability.seasons.undo')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
