import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button';
import { WriteProblem } from './states';
import { type Appointment, useAppointmentStep } from '../lib/appointments';
import { formatDayTime } from '../lib/format';
import { rescueFocusSoon } from '../lib/focus';
import { toast } from '../lib/toast';
import type { Side } from '../lib/visit';

/** Another time that the doctor proposes: for the patient to take or to leave. */
export function Proposal({
  appointment,
  proposal,
  side,
}: {
  appointment: Appointment;
  proposal: NonNullable<Appointment['proposal']>;
  side: Side;
}) {
  const { t, i18n } = useTranslation();
  const step = useAppointmentStep();
  const when = formatDayTime(proposal.startsAt, i18n.language);
  if (side === 'doctor') return <Text>{t('visit.move.waits', { when })}</Text>;
  const answer = (name: 'accept-proposal' | 'decline-proposal', done: string) =>
    step.mutate(
      { appointment, step: { name } },
      {
        onSuccess: () => {
          toast(t(done));
          rescueFocusSoon();
        },
      },
    );
  return (
    <Stack gap="sm">
      <Text>
        {t('visit.move.offered', { when, until: formatDayTime(proposal.until, i18n.language) })} ·{' '}
        {t(`modes.${proposal.mode}`)}
      </Text>
      <Group gap="sm">
        <ActionButton loading={step.isPending} onClick={() => answer('accept-proposal', 'visit.move.done')}>
          {t('visit.move.accept')}
        </ActionButton>
        <Button variant="default" onClick={() => answer('decline-proposal', 'visit.move.kept')}>
          {t('visit.move.decline')}
        </Button>
      </Group>
      <WriteProblem error={step.error} />
    </Stack>
  );
}
