import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAppointment } from '../../lib/appointments';
import type { Side } from '../../lib/visit';

/** What comes after it, for each side; a guest has done their part. */
export function Finished({ appointmentId, side }: { appointmentId: string; side: Side | 'guest' }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { data } = useAppointment(appointmentId, side !== 'guest');
  return (
    <Stack className="card" align="center" ta="center" py="xl" component="section" aria-labelledby="fin">
      <Title order={2} id="fin" ref={heading} tabIndex={-1}>
        {t('call.finished.title')}
      </Title>
      {side === 'guest' && <Text>{t('call.finished.thanks')}</Text>}
      {side === 'patient' && (
        <Group justify="center">
          <Button component={Link} to={`/appointments/${appointmentId}/rate`}>
            {t('call.finished.rate')}
          </Button>
          {data && (
            <Button variant="default" component={Link} to={`/doctors/${data.doctor.id}`}>
              {t('call.finished.followUp')}
            </Button>
          )}
          <Button variant="default" component={Link} to={`/appointments/${appointmentId}`}>
            {t('call.toAppointment')}
          </Button>
        </Group>
      )}
      {side === 'doctor' && (
        <Group justify="center">
          <Button component={Link} to="/dashboard">
            {t('call.finished.agenda')}
          </Button>
          {data && (
            <Button variant="default" component={Link} to={`/patients/${encodeURIComponent(data.patient.id)}`}>
              {t('call.finished.patient')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}
