import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Failed, Loading } from '../../components/states';
import { useAppointments } from '../../lib/appointments';
import { formatDayTime } from '../../lib/format';
import { useNow } from '../../lib/now';
import { nextStepOf } from '../../lib/patient-steps';
import { isPast, LONGEST_MINUTES } from '../../lib/visit';

/** All appointments of the patient with the doctor: by start is asked, by end is shown. */
export function useVisits(patientId: string) {
  const opened = useMemo(() => Date.now(), []);
  const now = useNow();
  const since = new Date(opened - LONGEST_MINUTES * 60_000).toISOString();
  const upcoming = useAppointments({ patientId, from: since, order: 'asc', limit: 100 });
  const past = useAppointments({ patientId, to: new Date(opened).toISOString(), order: 'desc' });
  const of = (list: typeof past, isOver: boolean) =>
    (list.data?.pages.flatMap((page) => page.items) ?? []).filter((visit) => isPast(visit, now) === isOver);
  return { now, upcoming: { list: upcoming, items: of(upcoming, false) }, past: { list: past, items: of(past, true) } };
}

type Visits = ReturnType<typeof useVisits>;

/** The one thing that the doctor had best do for the patient now. */
export function NextStep({ visits }: { visits: Visits }) {
  const { t, i18n } = useTranslation();
  const { now, upcoming, past } = visits;
  if (upcoming.list.isPending || past.list.isPending) return <Loading rows={1} height={64} />;
  const step = nextStepOf([...upcoming.items, ...past.items], now);
  if (!step) return <Text>{t('patients.steps.nothing')}</Text>;
  const { name, appointment } = step;
  return (
    <Stack gap="sm" align="start">
      <Text>{t(`patients.steps.${name}`, { when: formatDayTime(appointment.startsAt, i18n.language) })}</Text>
      <Button component={Link} to={`/appointments/${appointment.id}`} variant={name === 'await' ? 'default' : 'filled'}>
        {t('patients.open')}
      </Button>
    </Stack>
  );
}

export function VisitList({ visits, which }: { visits: Visits; which: 'upcoming' | 'past' }) {
  const { t } = useTranslation();
  const { list, items } = visits[which];
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const looksOn = items.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    if (looksOn && !isFetchingNextPage) void fetchNextPage();
  }, [looksOn, isFetchingNextPage, fetchNextPage]);
  return (
    <section aria-labelledby={`visits-${which}`}>
      <Title order={2} size="h4" mb="sm" id={`visits-${which}`}>
        {t(`patients.${which}`)}
      </Title>
      <Stack>
        {(list.isPending || looksOn) && <Loading rows={2} height={120} />}
        {isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && !looksOn && items.length === 0 && (
          <Text className="quiet">{t(`patients.${which}None`)}</Text>
        )}
        {items.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} side="doctor" />
        ))}
        {hasNextPage && items.length > 0 && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
    </section>
  );
}
