import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { ReasonDialog } from '../../components/reason-dialog';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { type Appointment, useAppointments, useAppointmentStep } from '../../lib/appointments';
import { toast } from '../../lib/toast';

export default function Requests() {
  const { t } = useTranslation();
  const list = useAppointments({ status: ['requested'], order: 'asc' });
  const step = useAppointmentStep();
  const [refusing, setRefusing] = useState<Appointment>();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('requests.title')}>
      <Stack>
        {list.isPending && <Loading height={130} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {!refusing && <WriteProblem error={step.error} />}
        {list.isSuccess && items.length === 0 && <Empty title={t('requests.none')} text={t('requests.noneText')} />}
        {items.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} side="doctor">
            <Button
              size="sm"
              loading={step.isPending && step.variables.appointment.id === appointment.id}
              onClick={() =>
                step.mutate(
                  { appointment, step: { name: 'accept' } },
                  { onSuccess: () => toast(t('requests.accepted')) },
                )
              }
            >
              {t('requests.accept')}
            </Button>
            <Button
              size="sm"
              variant="default"
              onClick={() => {
                step.reset();
                setRefusing(appointment);
              }}
            >
              {t('requests.reject')}
            </Button>
          </AppointmentCard>
        ))}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
      <ReasonDialog
        key={refusing?.id}
        opened={refusing !== undefined}
        title={t('requests.rejectTitle')}
        label={t('requests.rejectReason')}
        hint={t('requests.rejectHint')}
        required
        confirm={t('requests.reject')}
        keep={t('common.cancel')}
        pending={step.isPending}
        error={step.error}
        onClose={() => setRefusing(undefined)}
        onConfirm={(reason) =>
          refusing &&
          step.mutate(
            { appointment: refusing, step: { name: 'reject', reason } },
            {
              onSuccess: () => {
                setRefusing(undefined);
                toast(t('requests.rejected'));
              },
            },
          )
        }
      />
    </Page>
  );
}
