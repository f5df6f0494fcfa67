import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Appointment, useAppointmentStep } from '../lib/appointments';
import { toast } from '../lib/toast';
import { AppointmentCard } from './appointment-card';
import { ReasonDialog } from './reason-dialog';
import { WriteProblem } from './states';

/** Requests with what a doctor may say to them. */
export function RequestAnswers({ appointments }: { appointments: readonly Appointment[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const step = useAppointmentStep();
  const [refusing, setRefusing] = useState<Appointment>();
  const answered = () => queries.invalidateQueries({ queryKey: ['dashboard'] });
  return (
    <>
      {!refusing && <WriteProblem error={step.error} />}
      {appointments.map((appointment) => (
        <AppointmentCard key={appointment.id} appointment={appointment} side="doctor">
          <Button
            size="sm"
            loading={step.isPending && step.variables.appointment.id === appointment.id}
            onClick={() =>
              step.mutate(
                { appointment, step: { name: 'accept' } },
                {
                  onSuccess: () => {
                    toast(t('requests.accepted'));
                    void answered();
                  },
                },
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
                void answered();
              },
            },
          )
        }
      />
    </>
  );
}
