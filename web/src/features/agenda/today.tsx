import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAppointments } from '../../lib/appointments';
import { addDays, dayKey, formatTime } from '../../lib/format';
import { periodOf } from '../../lib/month';
import { useNow } from '../../lib/now';
import { fullName } from '../../lib/people';

/** Today in order: who is next, and who waits for an answer. */
export function Today({ zone, onVisit }: { zone: string; onVisit: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const today = dayKey(new Date(now), zone);
  const list = useAppointments({
    status: ['requested', 'accepted'],
    ...periodOf(today, addDays(today, 1)),
    order: 'asc',
  });
  const visits = (list.data?.pages.flatMap((page) => page.items) ?? []).filter(
    ({ startsAt, endsAt }) => dayKey(startsAt, zone) === today && Date.parse(endsAt) > now,
  );
  const next = visits.find(({ status }) => status === 'accepted');
  return (
    <section className="card today" aria-labelledby="aujourdhui">
      <Title order={2} size="h5" id="aujourdhui" mb="xs">
        {t('agenda.today')}
      </Title>
      {list.isSuccess && visits.length === 0 && <Text className="quiet">{t('agenda.none')}</Text>}
      <ul className="plain-list">
        {visits.map((visit) => (
          <li key={visit.id} data-next={visit === next}>
            <button className="plain" onClick={() => onVisit(visit.id)}>
              <strong>{formatTime(visit.startsAt, i18n.language, zone)}</strong> {fullName(visit.patient)}
            </button>
            <Text size="sm" className="quiet">
              {visit === next ? t('agenda.nextOne') : t(`appointments.status.${visit.status}`)} ·{' '}
              {t(`modes.${visit.mode}`)}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
