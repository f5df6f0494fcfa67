import { Alert, Button, Group, SegmentedControl, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, type Ref, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../components/states';
import { RangePanel } from './range-panel';
import { dayToFill, hoursToAdd } from './week';
import classes from './week.module.css';
import type { WeekEditing } from './use-week';
import { useWords } from './use-words';
import { WeekChoice } from './week-choice';
import { WeekList } from './week-list';

const WeekGrid = lazy(() => import('./week-grid'));

/** The hours of the usual week or a season’s, in a grid or day by day, beside what changes those that are chosen. */
export function WeekSection({
  editing,
  today,
  alert,
}: {
  editing: WeekEditing;
  /** `YYYY-MM-DD` */
  today: string;
  alert: Ref<HTMLDivElement>;
}) {
  const { t } = useTranslation();
  const { nameOf, timesOf } = useWords();
  const isPhone = useMediaQuery('(max-width: 47.99rem)', false, { getInitialValueInEffect: false });
  const [view, setView] = useState<'grid' | 'list'>('grid');
  const isList = isPhone || view === 'list';
  const { week, overlaps, seasons } = editing;
  return (
    <section aria-labelledby="semaine">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="semaine">
          {t('availability.weekly')}
        </Title>
        <Group gap="xs">
          {!isPhone && (
            <SegmentedControl
              aria-label={t('availability.view')}
              value={view}
              onChange={(value) => setView(value as 'grid' | 'list')}
              data={(['grid', 'list'] as const).map((value) => ({ value, label: t(`availability.${value}`) }))}
            />
          )}
          {!isList && (
            <Button
              size="sm"
              variant="light"
              onClick={() => {
                const weekday = dayToFill(week);
                editing.add(weekday, hoursToAdd(week, weekday));
                editing.attend();
              }}
            >
              {t('availability.addHours')}
            </Button>
          )}
        </Group>
      </Group>
      <WeekChoice seasons={seasons} today={today} />
      {week.length === 0 && (
        <p className="quiet" style={{ marginBlock: '0 0.75rem' }}>
          {t(seasons.shown ? 'availability.seasons.closed' : 'availability.empty')}
        </p>
      )}
      <div ref={alert} tabIndex={-1} role="alert">
        {overlaps.length > 0 && (
          <Alert color="red" variant="light" title={t('availability.overlapTitle')} mb="sm">
            <ul className={classes.pairs}>
              {overlaps.map(([first, second]) => (
                <li key={`${first.key} ${second.key}`}>
                  <button type="button" className={classes.pair} onClick={() => editing.choose(first, second)}>
                    {t('availability.overlapPair', { first: nameOf(first), second: timesOf(second) })}
                  </button>
                </li>
              ))}
            </ul>
            {t('availability.overlapText')}
          </Alert>
        )}
      </div>
      <div className={classes.editor}>
        {isList ? (
          <WeekList editing={editing} />
        ) : (
          <Suspense fallback={<Loading height={520} rows={1} />}>
            <WeekGrid editing={editing} />
          </Suspense>
        )}
        <RangePanel editing={editing} isList={isList} />
      </div>
    </section>
  );
}
