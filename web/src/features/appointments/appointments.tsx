import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { AppointmentCard } from '../../components/appointment-card';
import { OfflineNotice } from '../../components/offline-notice';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { type Appointment, useAppointments } from '../../lib/appointments';
import { kept } from '../../lib/kept';
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
  const { data, dataUpdatedAt } = list;
  useEffect(() => {
    const read = data?.pages.flatMap((page) => page.items);
    if (read) kept.keepList(coming ? 'upcoming' : 'past', read, dataUpdatedAt);
  }, [coming, data, dataUpdatedAt]);
  return { list, items, now, isPending: list.isPending || looksOn };
}

/** Doctors have their agenda for it. */
export default function Appointments() {
  return useSession().account?.role === 'doctor' ? <Navigate replace to="/agenda" /> : <PatientsAppointments />;
}

function Acts({
  appointment,
  now,
  rated,
  cancel,
}: {
  appointment: Appointment;
  now: number;
  /** Ids; undefined until they are known. */
  rated: ReadonlySet<string> | undefined;
  cancel: () => void;
}) {
  const { t } = useTranslation();
  const page = `/appointments/${appointment.id}`;
  return (
    <>
      {wantsPayment(appointment) && (
        <Button size="sm" component={Link} to={`${page}/pay`}>
          {t('payments.pay')}
        </Button>
      )}
      {appointment.status === 'completed' && rated && (
        <Button size="sm" variant="default" component={Link} to={`${page}/rate`}>
          {t(rated.has(appointment.id) ? 'visit.seeReview' : 'feedback.rate')}
        </Button>
      )}
      {isCancellable(appointment, now) && <CancelButton appointment={appointment} side="patient" onClick={cancel} />}
    </>
  );
}

function PatientsAppointments() {
  const { t } = useTranslation();
  const [when, setWhen] = useState('upcoming');
  const { list, items, now, isPending } = useList(when === 'upcoming');
  const rated = useRated(items.some(({ status }) => status === 'completed'));
  const [leaving, setLeaving] = useState<Appointment>();
  const isOffline = !useNetwork().online;
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
        {isOffline && list.data && <OfflineNotice readAt={list.dataUpdatedAt} />}
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
            {!isOffline && (
              <Acts appointment={appointment} now={now} rated={rated.data} cancel={() => setLeaving(appointment)} />
            )}
          </AppointmentCard>
        ))}
        {list.hasNextPage && !isOffline && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
      <CancelDialog appointment={leaving} side="patient" onClose={() => setLeaving(undefined)} />
    </Page>
  );
}
