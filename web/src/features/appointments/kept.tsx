import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { AppointmentCard, StatusBadge } from '../../components/appointment-card';
import { OfflineNotice } from '../../components/offline-notice';
import { Page } from '../../components/page';
import { Empty } from '../../components/states';
import { kept, type KeptVisit } from '../../lib/kept';
import { useNow } from '../../lib/now';
import { doctorName } from '../../lib/people';
import { isPast } from '../../lib/visit';
import { Facts } from './facts';
import { Timeline } from './timeline';

const LIST = '/appointments';

/**
 * In place of a page of a person's own, while nobody can tell who is signed in: the appointments that they read last, to be
 * read only.
 */
export default function Kept() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [, setErased] = useState(false);
  const erase = () => {
    kept.erase();
    setErased(true);
  };
  const visits = kept.all();
  const asked = visits.find(({ appointment }) => pathname === `${LIST}/${appointment.id}`);
  if (asked) return <KeptPage visit={asked} />;
  if (visits.length > 0) return <KeptList visits={visits} isAsked={pathname === LIST} erase={erase} />;
  return (
    <Page title={t('appointments.title')}>
      <Empty title={t('visit.kept.none')} text={t('visit.kept.noneText')} />
    </Page>
  );
}

function KeptList({ visits, isAsked, erase }: { visits: KeptVisit[]; isAsked: boolean; erase: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const parts = [
    ['appointments.upcoming', visits.filter(({ appointment }) => !isPast(appointment, now))],
    ['appointments.past', visits.filter(({ appointment }) => isPast(appointment, now)).reverse()],
  ] as const;
  return (
    <Page title={t('appointments.title')}>
      <Stack>
        {!isAsked && <Text>{t('visit.kept.elsewhere')}</Text>}
        <OfflineNotice readAt={Math.min(...visits.map(({ readAt }) => readAt))} />
        {parts.map(
          ([title, all]) =>
            all.length > 0 && (
              <Part key={title} title={t(title)}>
                {all.map(({ appointment }) => (
                  <AppointmentCard key={appointment.id} appointment={appointment} side="patient" />
                ))}
              </Part>
            ),
        )}
        <Group gap="sm">
          <Text size="sm" className="quiet">
            {t('visit.kept.rules')}
          </Text>
          <Button size="sm" variant="default" onClick={erase}>
            {t('visit.kept.erase')}
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </>
  );
}

function KeptPage({ visit: { appointment, place, readAt } }: { visit: KeptVisit }) {
  const { t } = useTranslation();
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to={LIST} underline="always" className="back">
          {t('nav.appointments')}
        </Anchor>
      </nav>
      <Page title={t('visit.with', { name: doctorName(appointment.doctor, t) })}>
        <Stack>
          <OfflineNotice readAt={readAt} />
          <div className="appointment-page">
            <section className="card">
              <Group justify="end" mb="xs">
                <StatusBadge status={appointment.status} />
              </Group>
              <Facts appointment={appointment} side="patient" place={place} isOffline />
            </section>
            <section className="card" aria-labelledby="suivi">
              <Title order={2} size="h5" id="suivi" mb="sm">
                {t('visit.history')}
              </Title>
              <Timeline appointment={appointment} paidAt={undefined} />
            </section>
          </div>
        </Stack>
      </Page>
    </>
  );
}
