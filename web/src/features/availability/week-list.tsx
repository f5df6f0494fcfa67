import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hoursToAdd, ofDay, weekdays } from './week';
import classes from './week.module.css';
import type { WeekEditing } from './use-week';
import { useWords } from './use-words';

/** The hours of each week day by day: a button chooses a range, a box one more. */
export function WeekList({ editing }: { editing: WeekEditing }) {
  const { t } = useTranslation();
  const { dayOf, timesOf, nameOf, detailsOf } = useWords();
  const { week, chosen, overlaps } = editing;
  return (
    <ul className={classes.list}>
      {weekdays.map((weekday) => (
        <li key={weekday} className={classes.day} data-day={weekday}>
          <div className={classes.dayHead}>
            <strong>{dayOf(weekday)}</strong>
            {ofDay(week, weekday).length === 0 && <span className="quiet">{t('availability.closed')}</span>}
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t('availability.addTo', { day: dayOf(weekday) })}
              onClick={() => {
                editing.add(weekday, hoursToAdd(week, weekday));
                editing.attend();
              }}
            >
              + {t('availability.addHours')}
            </Button>
          </div>
          {ofDay(week, weekday).map((range) => (
            <div key={range.key} className={classes.row} data-chosen={chosen.includes(range)}>
              <Checkbox
                aria-label={t('availability.choose', { range: nameOf(range) })}
                checked={chosen.includes(range)}
                onChange={() => editing.toggle(range)}
              />
              <button
                type="button"
                className="plain"
                aria-pressed={chosen.includes(range)}
                data-range={range.key}
                onClick={() => editing.show(range)}
              >
                <span className="visually-hidden">{`${dayOf(weekday)} `}</span>
                <strong>{timesOf(range)}</strong>
                {overlaps.some((pair) => pair.includes(range)) && (
                  <span className={classes.fault}>{t('availability.overlaps')}</span>
                )}
                <span className={classes.details}>{detailsOf(range)}</span>
              </button>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
