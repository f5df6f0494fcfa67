import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { Failed, Loading } from '../../components/states';
import { useAppointments } from '../../lib/appointments';
import { addDays, dayKey } from '../../lib/format';
import { useAvailability, useDoctorProfile } from '../../lib/profile';
import { hasHours } from '../../lib/seasons';

export default function Onboarding() {
  const { t } = useTranslation();
  const profile = useDoctorProfile();
  const availability = useAvailability();
  const today = dayKey(new Date());
  const list = useAppointments({
    status: ['accepted'],
    from: new Date(`${today}T00:00:00`).toISOString(),
    to: new Date(`${addDays(today, 1)}T00:00:00`).toISOString(),
  });
  const requests = useAppointments({ status: ['requested'] });
  if (profile.isPending || availability.isPending) return <Loading rows={4} />;
  const failed = [profile, availability].find((query) => query.isError);
  if (failed?.error || !profile.data || !availability.data)
    return <Failed error={failed?.error} retry={() => Promise.all([profile.refetch(), availability.refetch()])} />;
  const { missing, verification, published, lastName } = profile.data;
  const isBookable = hasHours(availability.data);
  const steps = [
    { name: 'profile', done: missing.length === 0, to: '/profile' },
    { name: 'licence', done: verification === 'verified', to: '/profile' },
    { name: 'hours', done: isBookable, to: '/availability' },
    { name: 'online', done: published && isBookable, to: `/doctors/${profile.data.id}` },
  ];
  const waiting = requests.data?.pages[0]?.items.length ?? 0;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('onboarding.title', { name: lastName })}>
      <Stack gap="xl">
        {steps.some(({ done }) => !done) && <Text className="quiet">{t('onboarding.lead')}</Text>}
        <ol className="steps">
          {steps.map(({ name, done, to }) => (
            <li key={name} className="card">
              <Group justify="space-between" align="start">
                <Anchor component={Link} to={to} fw={700} underline="hover">
                  {t(`onboarding.${name}`)}
                </Anchor>
                <Badge variant="outline" color={done ? 'teal' : 'yellow'} styles={{ label: { color: 'var(--ink)' } }}>
                  {t(done ? 'onboarding.done' : 'onboarding.todo')}
                </Badge>
              </Group>
              <Text size="sm" className="quiet">
                {name === 'licence' && !done ? t(`profile.verification.${verification}`) : t(`onboarding.${name}Text`)}
              </Text>
            </li>
          ))}
        </ol>
        {waiting > 0 && (
          <Anchor component={Link} to="/requests" fw={700} underline="always">
            {t('onboarding.pending')} : {waiting}
          </Anchor>
        )}
        <section aria-labelledby="aujourdhui">
          <Title order={2} id="aujourdhui" mb="sm">
            {t('onboarding.today')}
          </Title>
          {list.isError && <Failed error={list.error} retry={list.refetch} />}
          {list.isSuccess && items.length === 0 && <Text className="quiet">{t('onboarding.noneToday')}</Text>}
          <Stack>
            {items.map((appointment) => (
              <AppointmentCard key={appointment.id} appointment={appointment} side="doctor" />
            ))}
          </Stack>
        </section>
      </Stack>
    </Page>
  );
}
