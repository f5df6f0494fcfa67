import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from './action-button';
import { useAnswers } from './answers';
import { WriteProblem } from './states';
import { JoinButton } from './join-button';
import { hasLostDoctor, WithoutDoctor } from './without-doctor';
import { type Appointment, type Step, useAppointmentStep } from '../lib/appointments';
import { formatMoney, formatTime } from '../lib/format';
import { rescueFocusSoon } from '../lib/focus';
import { useOwnFeedback } from '../lib/reviews';
import { toast } from '../lib/toast';
import { isAnswerable, isCompletable, isMissable, type Side, wantsPayment } from '../lib/visit';
import { Proposal } from './proposal';

function Said({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <Stack gap="sm">
      <Text>{text}</Text>
      {children && <Group gap="sm">{children}</Group>}
    </Stack>
  );
}

function ForPatient({ appointment }: { appointment: Appointment }) {
  const { t, i18n } = useTranslation();
  const { id, status, doctor, holdUntil } = appointment;
  const completed = status === 'completed';
  const own = useOwnFeedback(id, completed);
  if (wantsPayment(appointment)) {
    return (
      <Said
        text={
          holdUntil
            ? t('visit.payUntil', { time: formatTime(holdUntil, i18n.language) })
            : t('visit.pay', { amount: formatMoney(appointment.price, i18n.language) })
        }
      >
        <Button component={Link} to={`/appointments/${id}/pay`}>
          {t('payments.pay')}
        </Button>
      </Said>
    );
  }
  if (completed) {
    if (own.data === undefined) return <Text>{t('visit.over')}</Text>;
    return (
      <Said text={t(own.data ? 'visit.rated' : 'visit.rate')}>
        <Button component={Link} variant={own.data ? 'default' : 'filled'} to={`/appointments/${id}/rate`}>
          {t(own.data ? 'visit.seeReview' : 'feedback.rate')}
        </Button>
      </Said>
    );
  }
  if (status === 'requested') return <Text>{t('visit.waiting')}</Text>;
  if (status === 'accepted')
    return (
      <Said text={t('visit.ready')}>
        <JoinButton appointment={appointment} side="patient" />
      </Said>
    );
  return (
    <Said text={t('visit.over')}>
      <Button component={Link} variant="default" to={`/doctors/${doctor.id}`}>
        {t('visit.again')}
      </Button>
    </Said>
  );
}

function ForDoctor({ appointment, now }: { appointment: Appointment; now: number }) {
  const { t } = useTranslation();
  const step = useAppointmentStep();
  const answers = useAnswers();
  const take = (what: Step, done: string) =>
    step.mutate(
      { appointment, step: what },
      {
        onSuccess: () => {
          toast(t(done));
          rescueFocusSoon();
        },
      },
    );
  if (isAnswerable(appointment, now)) {
    return (
      <>
        <Said text={t('visit.answer')}>{answers.buttonsFor(appointment)}</Said>
        {answers.problem}
        {answers.dialog}
      </>
    );
  }
  if (isCompletable(appointment, now)) {
    return (
      <>
        <Said text={t('visit.complete')}>
          <JoinButton appointment={appointment} side="doctor" />
          <ActionButton
            variant={appointment.mode === 'video' ? 'default' : 'filled'}
            loading={step.isPending}
            onClick={() => take({ name: 'complete' }, 'agenda.completed')}
          >
            {t('agenda.complete')}
          </ActionButton>
          {isMissable(appointment, now) && (
            <Button variant="default" onClick={() => take({ name: 'no-show' }, 'agenda.missed')}>
              {t('agenda.noShow')}
            </Button>
          )}
        </Said>
        <WriteProblem error={step.error} />
      </>
    );
  }
  return <Text>{t(appointment.status === 'accepted' ? 'visit.ready' : 'visit.over')}</Text>;
}

/** The one thing that is to be done next, or that there is none. */
export function NextStep({ appointment, side, now }: { appointment: Appointment; side: Side; now: number }) {
  if (hasLostDoctor(appointment)) return <WithoutDoctor appointment={appointment} side={side} />;
  const { proposal } = appointment;
  if (proposal && Date.parse(proposal.until) > now)
    return <Proposal appointment={appointment} proposal={proposal} side={side} />;
  return side === 'patient' ? (
    <ForPatient appointment={appointment} />
  ) : (
    <ForDoctor appointment={appointment} now={now} />
  );
}
