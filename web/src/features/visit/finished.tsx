import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Side } from '../../lib/visit';
import type { VisitState } from '../../lib/waiting';
import { useSay } from './announcer';

/** What comes after it, for each side; a guest has done their part. */
export function Finished({ state, side }: { state: VisitState; side: Side | 'guest' }) {
  const { t } = useTranslation();
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { appointmentId, doctorId, patientId } = state;
  const isUnsuitable = state.outcome === 'unsuitable' && side !== 'guest';
  const why = isUnsuitable ? t(side === 'doctor' ? 'visit.unsuitable.forDoctor' : 'visit.unsuitable.text') : undefined;
  useEffect(() => {
    if (why) say(why);
  }, [why, say]);
  return (
    <Stack className="card" align="center" ta="center" py="xl" component="section" aria-labelledby="fin">
      <Title order={2} id="fin" ref={heading} tabIndex={-1}>
        {t(isUnsuitable ? 'visit.unsuitable.title' : 'call.finished.title')}
      </Title>
      {why && <Text maw="40rem">{why}</Text>}
      {side === 'guest' && <Text>{t('call.finished.thanks')}</Text>}
      {side === 'patient' && (
        <Group justify="center">
          {isUnsuitable ? (
            <Button component={Link} to={`/doctors/${doctorId}?mode=in-person`}>
              {t('visit.unsuitable.book')}
            </Button>
          ) : (
            <>
              <Button component={Link} to={`/appointments/${appointmentId}/rate`}>
                {t('call.finished.rate')}
              </Button>
              <Button variant="default" component={Link} to={`/doctors/${doctorId}`}>
                {t('call.finished.followUp')}
              </Button>
            </>
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
          <Button variant="default" component={Link} to={`/patients/${encodeURIComponent(patientId)}`}>
            {t('call.finished.patient')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
