import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDayTime } from '../lib/format';
import type { ProblemError } from '../lib/problems';
import type { Slot } from '../lib/slots';

export const alternativesOf = ({ extras }: ProblemError): Slot[] => (extras.alternatives ?? []) as Slot[];

export function Alternatives({
  slots,
  onChoose,
  justify,
}: {
  slots: Slot[];
  onChoose: (slot: Slot) => void;
  justify?: 'center';
}) {
  const { t, i18n } = useTranslation();
  return (
    <Group gap="xs" justify={justify}>
      {slots.map((slot) => (
        <Button key={slot.id} size="sm" variant="default" h="auto" py={6} onClick={() => onChoose(slot)}>
          {t('booking.choose', { when: formatDayTime(slot.startsAt, i18n.language) })}
        </Button>
      ))}
    </Group>
  );
}

/** Somebody was faster: what is free nearby, one click away. */
export function SlotTaken({ problem, onChoose }: { problem: ProblemError; onChoose: (slot: Slot) => void }) {
  const { t } = useTranslation();
  const alternatives = alternativesOf(problem);
  const busy = problem.extras.reason === 'patient-busy';
  return (
    <Alert color="orange" variant="light" title={t(busy ? 'booking.busy' : 'booking.taken')} role="alert">
      <Text mb="sm">{t(alternatives.length > 0 ? 'booking.takenText' : 'booking.noAlternative')}</Text>
      <Alternatives slots={alternatives} onChoose={onChoose} />
    </Alert>
  );
}
