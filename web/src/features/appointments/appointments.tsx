import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { type Appointment, useAppointments } from '../../lib/appointments';
import { useNow } from '../../lib/now';
import { useRated } from '../../lib/reviews';
import { useSession } from '../../lib/session';
import { isCancellable, isPast, LONGEST_MINUTES, wantsPayment } from '../../lib/visit';
import { CancelButton, CancelDialog } from '../../components/cancel-dialog';

/** By start is asked, by end is shown: what began a while ago may not be over. */
function useList(coming: boolean) {
  const opened = useMemo(() => Date.now(), []);
  const now = useNow();
  const list = useAppointments(
    coming
      ? { from: new Date(opened - LONGEST_MINUTES * 60_000).toISOString(), order: 'asc' }
      : { to: new Date(opened).toISOString(), order: 'desc' },
  );
  const found = list.data?.pages.flatMap((page) => page.items) ?? [];
  const items = found.filter((appointment) => isPast(appointment, now) !== coming);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const looksOn = items.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    if (looksOn && !isFetchingNextPage) void fetchNextPage();
  }, [looksOn, isFetchingNextPage, fetchNextPage]);
  return { list, items, now, isPending: list.isPending || looksOn };
}

/** Doctors have their agenda for it. */
export default function Appointments() {
  return useSession().account?.role === 'doctor' ? <Navigate replace to="/agenda" /> : <PatientsAppointments />;
}

function PatientsAppointments() {
  const { t } = useTranslation();
  const [when, setWhen] = useState('upcoming');
  const { list, items, now, isPending } = useList(when === 'upcoming');
  const rated = useRated(items.some(({ status }) => status === 'completed'));
  const [leaving, setLeaving] = useState<Appointment>();
  return (
    <Page title={t('appointments.title')}>
      <Stack>
        <SegmentedControl
          aria-label={t('appointments.title')}
          value={when}
          onChange={setWhen}
          data={[
            { value: 'upcoming', label: t('appointments.upcoming') },
            { value: 'past', label: t('appointments.past') },
          ]}
        />
        {isPending && <Loading height={120} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && !isPending && items.length === 0 && (
          <Empty title={t('appointments.none')} text={t('appointments.noneText')}>
            {
              <Button component={Link} to="/doctors">
                {t('appointments.find')}
              </Button>
            }
          </Empty>
        )}
        {items.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} side="patient">
            {wantsPayment(appointment) && (
              <Button size="sm" component={Link} to={`/appointments/${appointment.id}/pay`}>
                {t('payments.pay')}
              </Button>
            )}
            {appointment.status === 'completed' && rated.data && (
              <Button size="sm" variant="default" component={Link} to={`/appointments/${appointment.id}/rate`}>
                {t(rated.data.has(appointment.id) ? 'visit.seeReview' : 'feedback.rate')}
              </Button>
            )}
            {isCancellable(appointment, now) && (
              <CancelButton appointment={appointment} side="patient" onClick={() => setLeaving(appointment)} />
            )}
          </AppointmentCard>
        ))}
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
      <CancelDialog appointment={leaving} side="patient" onClose={() => setLeaving(undefined)} />
    </Page>
  );
}
