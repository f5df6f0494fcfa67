import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { ReasonDialog } from '../../components/reason-dialog';
import { Empty, Failed, Loading } from '../../components/states';
import { type Appointment, useAppointments, useAppointmentStep } from '../../lib/appointments';
import { useSession } from '../../lib/session';
import { toast } from '../../lib/toast';

const cancellable = ({ status, startsAt }: Appointment): boolean =>
  ['requested', 'accepted'].includes(status) && new Date(startsAt) > new Date();

export default function Appointments() {
  const { t } = useTranslation();
  const side = useSession().account?.role === 'doctor' ? 'doctor' : 'patient';
  const [when, setWhen] = useState('upcoming');
  const now = useMemo(() => new Date().toISOString(), []);
  const list = useAppointments(when === 'upcoming' ? { from: now, order: 'asc' } : { to: now, order: 'desc' });
  const step = useAppointmentStep();
  const [leaving, setLeaving] = useState<Appointment>();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
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
        {list.isPending && <Loading height={120} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && items.length === 0 && (
          <Empty title={t('appointments.none')} text={t('appointments.noneText')}>
            {side === 'patient' && (
              <Button component={Link} to="/docteurs">
                {t('appointments.find')}
              </Button>
            )}
          </Empty>
        )}
        {items.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} side={side}>
            {cancellable(appointment) && (
              <Button
                size="sm"
                variant="default"
                onClick={() => {
                  step.reset();
                  setLeaving(appointment);
                }}
              >
                {t('appointments.cancel')}
              </Button>
            )}
          </AppointmentCard>
        ))}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
      <ReasonDialog
        key={leaving?.id}
        opened={leaving !== undefined}
        title={t('appointments.cancelTitle')}
        text={t('appointments.cancelText')}
        label={t('appointments.cancelReason')}
        required={false}
        confirm={t('appointments.cancel')}
        keep={t('appointments.keep')}
        pending={step.isPending}
        error={step.error}
        onClose={() => setLeaving(undefined)}
        onConfirm={(reason) =>
          leaving &&
          step.mutate(
            { appointment: leaving, step: { name: 'cancel', reason } },
            {
              onSuccess: () => {
                setLeaving(undefined);
                toast(t('appointments.cancelled'));
              },
            },
          )
        }
      />
    </Page>
  );
}
