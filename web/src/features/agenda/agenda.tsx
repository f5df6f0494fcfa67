import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { Page } from '../../components/page';
import { Failed, Loading } from '../../components/states';
import { type Appointment, useAppointments } from '../../lib/appointments';
import { addDays, dayKey, formatDay, groupByDay, mondayOf, tagOf, viewerZone } from '../../lib/format';
import { firstOfMonth, nextMonth, noon, periodOf, previousMonth } from '../../lib/month';
import { useNow } from '../../lib/now';
import { useAvailability } from '../../lib/profile';
import { useSession } from '../../lib/session';
import { type Slot, useFreeSlots } from '../../lib/slots';
import { toast } from '../../lib/toast';
import { isMovable } from '../../lib/visit';
import { wallTime } from '../../lib/wall-time';
import { HoursDialog } from './hours-dialog';
import { MonthGrid } from './month-grid';
import { MoveDialog } from './move-dialog';
import type { Range } from './ranges';
import { Today } from './today';
import { VisitPanel } from './visit-panel';

const TimeGrid = lazy(() => import('./time-grid'));

type View = 'day' | 'week' | 'month';

/** First day shown and the day after the last one. */
function daysOf(view: View, day: string): [string, string] {
  if (view === 'day') return [day, addDays(day, 1)];
  if (view === 'week') return [mondayOf(day), addDays(mondayOf(day), 7)];
  const first = mondayOf(firstOfMonth(day));
  return [first, addDays(mondayOf(addDays(nextMonth(day), -1)), 7)];
}

/** `?day=YYYY-MM-DD`, wherever a link to a day comes from. */
function dayAsked(search: URLSearchParams): string | undefined {
  const day = search.get('day') ?? '';
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

const move = (view: View, day: string, by: 1 | -1): string => {
  if (view === 'month') return by === 1 ? nextMonth(day) : previousMonth(day);
  return addDays(day, view === 'day' ? by : by * 7);
};

const isSmall = () => window.matchMedia('(max-width: 48rem)').matches;

export default function Agenda() {
  const { t, i18n } = useTranslation();
  const { key } = useLocation();
  const { account } = useSession();
  const asked = dayAsked(useSearchParams()[0]);
  const plan = useAvailability();
  const zone = plan.data?.timeZone ?? viewerZone();
  const [view, setView] = useState<View>(() => (isSmall() ? 'day' : 'week'));
  const [day, setDay] = useState(dayKey(new Date(), zone));
  const [visitId, setVisitId] = useState<string>();
  const [range, setRange] = useState<Range>();
  const [moving, setMoving] = useState<{ visit: Appointment; slot: Slot }>();
  const now = useNow();
  const [first, end] = daysOf(view, day);
  const period = periodOf(first, end);
  const list = useAppointments({ status: ['requested', 'accepted', 'completed', 'missed'], ...period, limit: 100 });
  const free = useFreeSlots(account?.id ?? '', period, view !== 'month');
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const byDay = new Map(groupByDay(items, zone));
  const open = (chosen: string) => {
    setDay(chosen);
    setView('day');
  };
  useEffect(() => {
    if (asked) open(asked);
  }, [asked, key]);
  const moveTo = (visit: Appointment, to: string) => {
    const slot = free.data?.find(({ startsAt }) => wallTime(startsAt, zone) === to);
    if (slot) setMoving({ visit, slot });
    else toast(t('agenda.notFree'));
  };
  const title =
    view === 'day'
      ? formatDay(noon(day), i18n.language)
      : new Intl.DateTimeFormat(tagOf(i18n.language), { month: 'long', year: 'numeric' }).format(noon(day));
  const failed = [list, plan].find(({ isError }) => isError);
  return (
    <Page title={t('agenda.title')}>
      <Stack>
        <Group justify="space-between">
          <SegmentedControl
            aria-label={t('agenda.view')}
            value={view}
            onChange={(value) => setView(value as View)}
            data={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`agenda.${value}`) }))}
          />
          <Group gap="xs">
            <Button size="sm" variant="default" onClick={() => setDay(move(view, day, -1))}>
              {t('agenda.previous')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setDay(dayKey(new Date(), zone))}>
              {t('agenda.today')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setDay(move(view, day, 1))}>
              {t('agenda.next')}
            </Button>
            {plan.data && (
              <Button size="sm" variant="light" onClick={() => setRange({ date: day, start: '09:00', end: '12:00' })}>
                {t('agenda.hours.title')}
              </Button>
            )}
          </Group>
        </Group>
        <Group justify="space-between" gap="xs">
          <Text fw={700} size="lg" role="status" tt="capitalize">
            {title}
          </Text>
          <Text size="sm" className="quiet">
            {t('common.zone', { zone })}
          </Text>
        </Group>
        {failed && <Failed error={failed.error} retry={failed.refetch} />}
        {!failed && (list.isPending || plan.isPending) && <Loading height={400} rows={1} />}
        {list.isSuccess && plan.data && (
          <div className="agenda">
            {view === 'month' ? (
              <MonthGrid first={first} end={end} month={day.slice(0, 7)} byDay={byDay} zone={zone} open={open} />
            ) : (
              <Suspense fallback={<Loading height={400} rows={1} />}>
                <TimeGrid
                  view={view}
                  day={day}
                  plan={plan.data}
                  appointments={items}
                  free={free.data ?? []}
                  onVisit={setVisitId}
                  onRange={setRange}
                  onMove={moveTo}
                  isMovable={(visit) => isMovable(visit, 'doctor', now)}
                />
              </Suspense>
            )}
            <Today zone={zone} onVisit={setVisitId} />
          </div>
        )}
      </Stack>
      <VisitPanel id={visitId} onClose={() => setVisitId(undefined)} />
      {range && plan.data && (
        <HoursDialog plan={plan.data} range={range} appointments={items} onClose={() => setRange(undefined)} />
      )}
      {moving && <MoveDialog {...moving} zone={zone} onClose={() => setMoving(undefined)} />}
    </Page>
  );
}
