import { Button } from '@mantine/core';
import { IconVideo } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../lib/api';
import { useNow } from '../lib/now';
import { doctorName, fullName } from '../lib/people';
import { isJoinable, type Side } from '../lib/visit';

/** The way into a video visit, while its doors are open. */
export function JoinButton({ appointment, side }: { appointment: Schemas['AppointmentView']; side: Side }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!isJoinable(appointment, now)) return null;
  const name = side === 'patient' ? doctorName(appointment.doctor, t) : fullName(appointment.patient);
  return (
    <Button
      component={Link}
      to={`/visit/${appointment.id}`}
      leftSection={<IconVideo size={20} aria-hidden />}
      aria-label={t('visit.joinWith', { name })}
    >
      {t('visit.join')}
    </Button>
  );
}
