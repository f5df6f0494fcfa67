import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import { type Appointment, useAppointmentStep } from '../../lib/appointments';
import { formatDayTime } from '../../lib/format';
import { fullName } from '../../lib/people';
import type { Slot } from '../../lib/slots';
import { toast } from '../../lib/toast';

/** A visit was dropped on a free time: nothing is told to the patient before this is confirmed. */
export function MoveDialog({
  visit,
  slot,
  zone,
  onClose,
}: {
  visit: Appointment;
  slot: Slot;
  zone: string;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const step = useAppointmentStep();
  return (
    <Dialog title={t('visit.move.offer')} onClose={onClose}>
      <Text>
        {fullName(visit.patient)} : {formatDayTime(visit.startsAt, i18n.language, zone)} →{' '}
        <strong>{formatDayTime(slot.startsAt, i18n.language, zone)}</strong>
      </Text>
      <Text className="quiet">{t('visit.move.proposes')}</Text>
      <WriteProblem error={step.error} />
      <Group>
        <ActionButton
          loading={step.isPending}
          onClick={() =>
            step.mutate(
              { appointment: visit, step: { name: 'reschedule', slotId: slot.id } },
              {
                onSuccess: () => {
                  onClose();
                  toast(t('visit.move.proposed'));
                },
              },
            )
          }
        >
          {t('visit.move.propose')}
        </ActionButton>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Dialog>
  );
}
