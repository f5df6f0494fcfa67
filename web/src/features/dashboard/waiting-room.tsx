import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { liveLine } from '../../lib/live-line';
import { useNow } from '../../lib/now';
import { useWaiting, type VisitState } from '../../lib/waiting';
import { Part, Quiet } from './part';

function Waiting({ visit, now }: { visit: VisitState; now: number }) {
  const { t } = useTranslation();
  const patient = visit.participants.find(({ role }) => role === 'patient');
  if (!patient) return null;
  const count = Math.max(0, Math.floor((now - Date.parse(patient.since)) / 60_000));
  return (
    <li className="card" data-waits={visit.appointmentId}>
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600} dir="auto">
            {patient.name}
          </Text>
          <Text size="sm" className="quiet">
            {t('visit.waitsSince', { minutes: t('visit.minutes', { count }) })}
          </Text>
        </div>
        <Button
          size="sm"
          component={Link}
          to={`/visit/${visit.appointmentId}`}
          aria-label={t('visit.letInName', { name: patient.name })}
        >
          {t('visit.letIn')}
        </Button>
      </Group>
    </li>
  );
}

/** Who is there for their video visit, and since when: the longest first. */
export function WaitingRoom() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const now = useNow();
  const { data } = useWaiting();
  useEffect(() => {
    const readAgain = () => void queries.invalidateQueries({ queryKey: ['consultations'] });
    const stops = ['consultation', 'presence'].map((event) => liveLine.on(event, readAgain));
    return () => stops.forEach((stop) => stop());
  }, [queries]);
  const sinceOf = ({ participants }: VisitState) => participants.find(({ role }) => role === 'patient')?.since ?? '';
  const waiting = (data?.items ?? [])
    .filter(({ participants }) => participants.some(({ role, state }) => role === 'patient' && state === 'waiting'))
    .sort((one, other) => sinceOf(one).localeCompare(sinceOf(other)));
  // Where the service is away, the day’s list beside it still says who is expected.
  if (!data) return null;
  return (
    <Part title={t('visit.waitingRoom')}>
      {waiting.length === 0 ? (
        <Quiet>{t('visit.waitingNone')}</Quiet>
      ) : (
        <ul className="plain-list" aria-live="polite">
          {waiting.map((visit) => (
            <Waiting key={visit.appointmentId} visit={visit} now={now} />
          ))}
        </ul>
      )}
    </Part>
  );
}
