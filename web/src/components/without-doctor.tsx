import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../lib/api';

type Appointment = Schemas['AppointmentView'];

/** The doctor may see nobody any more, and the visit waits for what its patient wants, or was called off for that. */
export const hasLostDoctor = ({ doctorUnavailable, cancellation }: Appointment): boolean =>
  doctorUnavailable === true || cancellation?.because === 'doctor-unavailable';

/** What that means for the visit, and where its patient finds another doctor of that field and place. */
export function WithoutDoctor({ appointment, side }: { appointment: Appointment; side: 'patient' | 'doctor' }) {
  const { t } = useTranslation();
  const { doctorUnavailable, searchFor = {} } = appointment;
  const text = doctorUnavailable ? 'open' : 'over';
  if (side === 'doctor') {
    return (
      <Alert color="orange" variant="light" mt="md">
        {t(`appointments.withoutDoctor.${text}ForDoctor`)}
      </Alert>
    );
  }
  return (
    <Alert color="orange" variant="light" mt="md" title={t('appointments.withoutDoctor.title')}>
      <Text mb="sm">{t(`appointments.withoutDoctor.${text}`)}</Text>
      <Button size="sm" component={Link} to={`/doctors?${new URLSearchParams({ ...searchFor })}`}>
        {t('appointments.withoutDoctor.find')}
      </Button>
    </Alert>
  );
}
