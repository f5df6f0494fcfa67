import { Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocation, useSearchParams } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { PatientLink } from '../../components/patient-link';
import { Failed, Loading, WriteProblem } from '../../components/states';
import { type Appointment, useAppointments, useAppointmentStep } from '../../lib/appointments';
import { addDays, dayKey, formatDay, formatTime, groupByDay, mondayOf, tagOf, viewerZone } from '../../lib/format';
import { firstOfMonth, nextMonth, noon, previousMonth } from '../../lib/month';
import { fullName } from '../../lib/people';
import { toast } from '../../lib/toast';

type View = 'day' | 'week' | 'month';
const MINUTE_MS = 60_000;

/** First day shown and the day after the last one. */
function rangeOf(view: View, day: string): [string, string] {
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

function DayList({ items }: { items: Appointment[] }) {
  const { t } = useTranslation();
  const step = useAppointmentStep();
  const now = Date.now();
  if (items.length === 0) return <Text className="quiet">{t('agenda.none')}</Text>;
  return (
    <Stack>
      <WriteProblem error={step.error} />
      {items.map((appointment) => {
        const start = new Date(appointment.startsAt).getTime();
        const accepted = appointment.status === 'accepted';
        return (
          <AppointmentCard key={appointment.id} appointment={appointment} side="doctor">
            {accepted && now >= start - 15 * MINUTE_MS && (
              <Button
                size="sm"
                onClick={() =>
                  step.mutate(
                    { appointment, step: { name: 'complete' } },
                    { onSuccess: () => toast(t('agenda.completed')) },
                  )
                }
              >
                {t('agenda.complete')}
              </Button>
            )}
            {accepted && now >= start + 10 * MINUTE_MS && (
              <Button
                size="sm"
                variant="default"
                onClick={() =>
                  step.mutate(
                    { appointment, step: { name: 'no-show' } },
                    { onSuccess: () => toast(t('agenda.missed')) },
                  )
                }
              >
                {t('agenda.noShow')}
              </Button>
            )}
          </AppointmentCard>
        );
      })}
    </Stack>
  );
}

function WeekColumns({
  first,
  byDay,
  open,
}: {
  first: string;
  byDay: Map<string, Appointment[]>;
  open: (day: string) => void;
}) {
  const { t, i18n } = useTranslation();
  return (
    <div className="columns">
      {Array.from({ length: 7 }, (_, index) => addDays(first, index)).map((day) => (
        <section key={day} className="card" aria-labelledby={`semaine-${day}`}>
          <Title order={2} size="h5" id={`semaine-${day}`} mb="xs">
            <button className="plain" onClick={() => open(day)}>
              {formatDay(noon(day), i18n.language)}
            </button>
          </Title>
          {(byDay.get(day) ?? []).map(({ id, startsAt, patient, status }) => (
            <Text key={id} size="sm">
              <Link
                className="subject"
                to={`/appointments/${id}`}
                aria-label={`${formatTime(startsAt, i18n.language)}, ${fullName(patient)}`}
              >
                <strong>{formatTime(startsAt, i18n.language)}</strong>
              </Link>{' '}
              <PatientLink patient={patient} /> · {t(`appointments.status.${status}`)}
            </Text>
          ))}
          {!byDay.has(day) && (
            <Text size="sm" className="quiet">
              {t('agenda.none')}
            </Text>
          )}
        </section>
      ))}
    </div>
  );
}

function MonthGrid({
  first,
  end,
  month,
  byDay,
  open,
}: {
  first: string;
  end: string;
  month: string;
  byDay: Map<string, Appointment[]>;
  open: (day: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const days: string[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) days.push(day);
  return (
    <div className="month">
      {days.map((day) => {
        const items = byDay.get(day) ?? [];
        return (
          <button key={day} className="plain month-day" data-out={day.slice(0, 7) !== month} onClick={() => open(day)}>
            <strong aria-hidden>{Number(day.slice(8))}</strong>
            <span className="visually-hidden">{formatDay(noon(day), i18n.language)}</span>
            {items.slice(0, 2).map(({ id, startsAt, patient }) => (
              <div key={id} style={{ whiteSpace: 'nowrap' }}>
                {formatTime(startsAt, i18n.language)} {patient.lastName}
              </div>
            ))}
            {items.length > 2 && <div>{t('agenda.more', { count: items.length - 2 })}</div>}
          </button>
        );
      })}
    </div>
  );
}

export default function Agenda() {
  const { t, i18n } = useTranslation();
  const { key } = useLocation();
  const asked = dayAsked(useSearchParams()[0]);
  const [view, setView] = useState<View>('week');
  const [day, setDay] = useState(dayKey(new Date()));
  const [first, end] = rangeOf(view, day);
  const list = useAppointments({
    status: ['requested', 'accepted', 'completed', 'missed'],
    from: new Date(`${first}T00:00:00`).toISOString(),
    to: new Date(`${end}T00:00:00`).toISOString(),
    limit: 100,
  });
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const byDay = new Map(groupByDay(items));
  const open = (chosen: string) => {
    setDay(chosen);
    setView('day');
  };
  useEffect(() => {
    if (asked) open(asked);
  }, [asked, key]);
  const title =
    view === 'day'
      ? formatDay(noon(day), i18n.language)
      : new Intl.DateTimeFormat(tagOf(i18n.language), { month: 'long', year: 'numeric' }).format(noon(day));
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
            <Button size="sm" variant="default" onClick={() => setDay(dayKey(new Date()))}>
              {t('agenda.today')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setDay(move(view, day, 1))}>
              {t('agenda.next')}
            </Button>
          </Group>
        </Group>
        <Text fw={700} size="lg" role="status" tt="capitalize">
          {title}
        </Text>
        <Text size="sm" className="quiet">
          {t('common.zone', { zone: viewerZone() })}
        </Text>
        {list.isPending && <Loading />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && view === 'day' && <DayList items={byDay.get(day) ?? []} />}
        {list.isSuccess && view === 'week' && <WeekColumns first={first} byDay={byDay} open={open} />}
        {list.isSuccess && view === 'month' && (
          <MonthGrid first={first} end={end} month={day.slice(0, 7)} byDay={byDay} open={open} />
        )}
      </Stack>
    </Page>
  );
}
