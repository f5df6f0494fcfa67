import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Appointment, useAppointmentStep } from '../lib/appointments';
import { toast } from '../lib/toast';
import { rescueFocusSoon } from '../lib/focus';
import { ActionButton } from './action-button';
import { AppointmentCard } from './appointment-card';
import { ReasonDialog } from './reason-dialog';
import { WriteProblem } from './states';

/** Requests with what a doctor may say to them. */
export function RequestAnswers({ appointments }: { appointments: readonly Appointment[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const step = useAppointmentStep();
  const [refusing, setRefusing] = useState<Appointment>();
  const answered = () => {
    void queries.invalidateQueries({ queryKey: ['dashboard'] });
    rescueFocusSoon();
  };
  return (
    <>
      {!refusing && <WriteProblem error={step.error} />}
      {appointments.map((appointment) => (
        <AppointmentCard key={appointment.id} appointment={appointment} side="doctor">
          <ActionButton
            size="sm"
            loading={step.isPending && step.variables.appointment.id === appointment.id}
            onClick={() =>
              step.mutate(
                { appointment, step: { name: 'accept' } },
                {
                  onSuccess: () => {
                    toast(t('requests.accepted'));
                    answered();
                  },
                },
              )
            }
          >
            {t('requests.accept')}
          </ActionButton>
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
                answered();
              },
            },
          )
        }
      />
    </>
  );
}
