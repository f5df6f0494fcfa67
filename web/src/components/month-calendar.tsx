import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dateFormat, formatDay, tagOf } from '../lib/format';
import { dayByKey, monthOf, noon, weeksOf } from '../lib/month';

interface MonthCalendarProps {
  /** `YYYY-MM` */
  month: string;
  /** How much is free on the days that can be chosen, in order; `YYYY-MM-DD`. */
  free: ReadonlyMap<string, number>;
  today: string;
  chosen: string | undefined;
  onChoose: (day: string) => void;
  labelledBy: string;
}

/** The days of a month, of which those with something free can be chosen; by keyboard as one control. */
export function MonthCalendar({ month, free, today, chosen, onChoose, labelledBy }: MonthCalendarProps) {
  const { t, i18n } = useTranslation();
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const weeks = weeksOf(month);
  // The short ones of Arabic are the long ones.
  const short = i18n.language === 'ar' ? 'narrow' : 'short';
  const weekday = (day: string, width: 'narrow' | 'short' | 'long') =>
    dateFormat(tagOf(i18n.language), { weekday: width }).format(noon(day));
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    moved.current = false;
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!chosen) return;
    const to = dayByKey(event.key, chosen, [...free.keys()], i18n.dir() === 'rtl');
    if (!to) return;
    event.preventDefault();
    moved.current = to !== chosen;
    onChoose(to);
  };
  return (
    <table className="month-calendar" role="grid" aria-labelledby={labelledBy} ref={grid} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {weeks[0]!.map((day) => (
            <th key={day} scope="col" abbr={weekday(day, 'long')}>
              {weekday(day, short)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day}>
                {monthOf(day) !== month ? null : free.has(day) ? (
                  <button
                    type="button"
                    data-day={day}
                    aria-pressed={day === chosen}
                    aria-current={day === today ? 'date' : undefined}
                    aria-label={t('booker.day', {
                      day: formatDay(noon(day), i18n.language),
                      count: free.get(day)!,
                    })}
                    tabIndex={day === chosen ? 0 : -1}
                    onClick={() => onChoose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                ) : (
                  <span className={day === today ? 'today' : undefined}>{Number(day.slice(8))}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
