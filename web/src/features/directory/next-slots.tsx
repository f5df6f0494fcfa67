import { Button, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf, type Schemas } from '../../lib/api';
import {
  addDays,
  dateFormat,
  dayKey,
  formatDayTime,
  formatShortDayTime,
  formatTime,
  groupByDay,
  tagOf,
} from '../../lib/format';
import { noon } from '../../lib/month';
import { bookingPath } from '../../lib/slots';

const DAYS = 3;
const TIMES = 4;
const DAY_MS = 86_400_000;

interface NextSlotsProps {
  doctor: Pick<Schemas['DirectoryList']['items'][number], 'id'> & { nextAvailableAt: string };
  name: string;
}

/** The first free times of the doctor's next days, each a way to its confirmation; asked for once they are looked at. */
export function NextSlots({ doctor: { id, nextAvailableAt }, name }: NextSlotsProps) {
  const { t, i18n } = useTranslation();
  const { ref, inViewport } = useInViewport();
  const [wasSeen, setWasSeen] = useState(false);
  if (inViewport && !wasSeen) setWasSeen(true);
  const slots = useQuery({
    queryKey: ['slots', id, 'next', nextAvailableAt],
    queryFn: ({ signal }) => {
      const to = new Date(Date.parse(nextAvailableAt) + DAYS * DAY_MS).toISOString();
      const query = { to } as never;
      return dataOf(api.GET('/doctors/{id}/slots', { params: { path: { id }, query }, signal }));
    },
    enabled: wasSeen,
  });
  const today = dayKey(new Date());
  const nameOf = (day: string): string => {
    if (day === today) return t('booker.today');
    if (day === addDays(today, 1)) return t('booker.tomorrow');
    return dateFormat(tagOf(i18n.language), { weekday: 'short', day: 'numeric' }).format(noon(day));
  };
  const days = groupByDay(slots.data?.items ?? []).slice(0, DAYS);
  return (
    <div ref={ref} className="next-slots" aria-busy={slots.isFetching}>
      {days.length === 0 && (
        <Text size="sm">{t('directory.next', { when: formatShortDayTime(nextAvailableAt, i18n.language) })}</Text>
      )}
      {days.map(([day, list]) => (
        <div key={day} className="next-day">
          <Text size="sm" fw={600}>
            {nameOf(day)}
          </Text>
          {list.slice(0, TIMES).map((slot) => (
            <Button
              key={slot.id}
              component={Link}
              to={bookingPath(id, slot)}
              size="compact-sm"
              variant="light"
              aria-label={`${formatDayTime(slot.startsAt, i18n.language)}, ${name}`}
            >
              {formatTime(slot.startsAt, i18n.language)}
            </Button>
          ))}
        </div>
      ))}
      {days.length > 0 && (
        <Button
          component={Link}
          to={`/doctors/${id}`}
          size="compact-sm"
          variant="subtle"
          className="next-more"
          aria-label={`${t('booker.moreSlots')}, ${name}`}
        >
          {t('booker.more')}
        </Button>
      )}
    </div>
  );
}
