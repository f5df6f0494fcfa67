import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Appointment, type Step, useAppointmentStep } from '../lib/appointments';
import { rescueFocusSoon } from '../lib/focus';
import { toast } from '../lib/toast';
import { ActionButton } from './action-button';
import { ExaminationDialog } from './examination-dialog';
import { ReasonDialog } from './reason-dialog';
import { WriteProblem } from './states';

interface Answers {
  /** Accepts, or asks why not. */
  buttonsFor: (appointment: Appointment, size?: 'sm') => ReactNode;
  problem: ReactNode;
  dialog: ReactNode;
}

/** What a doctor may say to requests. Lives where the requests are listed: one that is answered may go at once. */
export function useAnswers(): Answers {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const step = useAppointmentStep();
  const [refusing, setRefusing] = useState<Appointment>();
  const [examining, setExamining] = useState<Appointment>();
  const answer = (appointment: Appointment, what: Step, done: string) =>
    step.mutate(
      { appointment, step: what },
      {
        onSuccess: () => {
          setRefusing(undefined);
          setExamining(undefined);
          toast(t(done));
          void queries.invalidateQueries({ queryKey: ['dashboard'] });
          rescueFocusSoon();
        },
      },
    );
  return {
    buttonsFor: (appointment, size) => (
      <>
        <ActionButton
          size={size}
          loading={step.isPending && step.variables.appointment.id === appointment.id}
          onClick={() => {
            if (appointment.examination?.basis !== 'declared')
              return answer(appointment, { name: 'accept' }, 'requests.accepted');
            step.reset();
            setExamining(appointment);
          }}
        >
          {t('requests.accept')}
        </ActionButton>
        <Button
          size={size}
          variant="default"
          onClick={() => {
            step.reset();
            setRefusing(appointment);
          }}
        >
          {t('requests.reject')}
        </Button>
      </>
    ),
    problem: !refusing && !examining && <WriteProblem error={step.error} />,
    dialog: (
      <>
        <ExaminationDialog
          opened={examining !== undefined}
          confirm={t('requests.accept')}
          pending={step.isPending}
          error={step.error}
          onClose={() => setExamining(undefined)}
          onConfirm={(says) => examining && answer(examining, { name: 'accept', says }, 'requests.accepted')}
        />
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
          onConfirm={(reason) => refusing && answer(refusing, { name: 'reject', reason }, 'requests.rejected')}
        />
      </>
    ),
  };
}
