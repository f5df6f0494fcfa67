import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Appointment } from '../../lib/appointments';
import type { Side } from '../../lib/visit';

/** Its doctor ended the visit because video does not suit. */
export const isUnsuitable = ({ cancellation }: Appointment): boolean => cancellation?.because === 'unsuitable-by-video';

/** What that means for the visit, and where its patient is seen instead. */
export function Unsuitable({ appointment, side }: { appointment: Appointment; side: Side }) {
  const { t } = useTranslation();
  if (side === 'doctor') return <Text>{t('visit.unsuitable.forDoctor')}</Text>;
  return (
    <Alert color="orange" variant="light" mt="md" title={t('visit.unsuitable.title')}>
      <Text mb="sm">{t('visit.unsuitable.text')}</Text>
      <Button size="sm" component={Link} to={`/doctors/${appointment.doctor.id}?mode=in-person`}>
        {t('visit.unsuitable.book')}
      </Button>
    </Alert>
  );
}
