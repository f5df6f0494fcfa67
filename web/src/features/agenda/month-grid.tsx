import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../lib/appointments';
import { addDays, dayKey, formatDay, formatTime, tagOf } from '../../lib/format';
import { noon } from '../../lib/month';

/** A month by its days, each a way to it: names where there is room, dots on phones. */
export function MonthGrid({
  first,
  end,
  month,
  byDay,
  zone,
  open,
}: {
  first: string;
  end: string;
  month: string;
  byDay: Map<string, Appointment[]>;
  zone: string;
  open: (day: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const days: string[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) days.push(day);
  const today = dayKey(new Date(), zone);
  const weekday = new Intl.DateTimeFormat(tagOf(i18n.language), {
    weekday: i18n.language === 'ar' ? 'narrow' : 'short',
  });
  return (
    <div className="month">
      {days.slice(0, 7).map((day) => (
        <Text key={day} size="sm" className="quiet" ta="center" aria-hidden>
          {weekday.format(noon(day))}
        </Text>
      ))}
      {days.map((day) => {
        const items = byDay.get(day) ?? [];
        return (
          <button
            key={day}
            className="month-day"
            data-out={day.slice(0, 7) !== month}
            aria-current={day === today ? 'date' : undefined}
            onClick={() => open(day)}
          >
            <strong aria-hidden>{Number(day.slice(8))}</strong>
            <span className="visually-hidden">{formatDay(noon(day), i18n.language)}</span>
            {items.slice(0, 2).map(({ id, startsAt, patient, status }) => (
              <span key={id} className="month-visit" data-status={status}>
                {formatTime(startsAt, i18n.language, zone)} {patient.lastName}
              </span>
            ))}
            {items.length > 2 && <span>{t('agenda.more', { count: items.length - 2 })}</span>}
            <span className="month-dots" aria-hidden>
              {items.slice(0, 4).map(({ id, status }) => (
                <span key={id} data-status={status} />
              ))}
            </span>
          </button>
        );
      })}
    </div>
  );
}
