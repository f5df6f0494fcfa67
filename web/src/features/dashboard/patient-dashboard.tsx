import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { formatDayTime, formatMoney } from '../../lib/format';
import { useSession } from '../../lib/session';
import { doctorName } from '../../lib/people';
import { usePatientDashboard } from './calls';
import { Part, Quiet, Unavailable } from './part';

export default function PatientDashboard() {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const dashboard = usePatientDashboard();
  const { data } = dashboard;
  const down = (service: string) => data?.unavailable.includes(service) ?? false;
  return (
    <Page title={t('dashboard.hello', { name: account?.firstName ?? '' })}>
      {dashboard.isPending && <Loading rows={3} height={140} />}
      {dashboard.isError && <Failed error={dashboard.error} retry={dashboard.refetch} />}
      {data && (
        <div className="two-columns">
          <Part title={t('dashboard.next')}>
            {down('scheduling') ? (
              <Unavailable />
            ) : data.next ? (
              <AppointmentCard appointment={data.next} side="patient" />
            ) : (
              <Empty title={t('dashboard.nextNone')}>
                <Button component={Link} to="/doctors">
                  {t('appointments.find')}
                </Button>
              </Empty>
            )}
          </Part>
          <Part title={t('dashboard.due')}>
            {data.paymentsDue === null && <Unavailable />}
            {data.paymentsDue?.length === 0 && <Quiet>{t('dashboard.dueNone')}</Quiet>}
            {data.paymentsDue?.map(({ appointmentId, amount, doctor, startsAt }) => (
              <article key={appointmentId} className="card">
                <Group justify="space-between">
                  <Stack gap={0}>
                    <Text fw={700}>{formatMoney(amount, i18n.language)}</Text>
                    <Text size="sm">
                      <Link className="subject" to={`/appointments/${appointmentId}`}>
                        {doctorName(doctor, t)}
                      </Link>{' '}
                      · {formatDayTime(startsAt, i18n.language)}
                    </Text>
                  </Stack>
                  <Button
                    size="sm"
                    component={Link}
                    to={`/appointments/${appointmentId}/pay`}
                    aria-label={`${t('payments.pay')}, ${doctorName({ lastName: doctor.lastName }, t)}, ${formatMoney(amount, i18n.language)}`}
                  >
                    {t('payments.pay')}
                  </Button>
                </Group>
              </article>
            ))}
          </Part>
          <Part title={t('dashboard.toRate')}>
            {data.toRate === null && <Unavailable />}
            {data.toRate?.length === 0 && <Quiet>{t('dashboard.toRateNone')}</Quiet>}
            {data.toRate?.map(({ appointmentId, doctor, startsAt }) => (
              <article key={appointmentId} className="card">
                <Group justify="space-between">
                  <Text size="sm">
                    <Link className="subject" to={`/appointments/${appointmentId}`}>
                      {doctorName(doctor, t)}
                    </Link>{' '}
                    · {formatDayTime(startsAt, i18n.language)}
                  </Text>
                  <Button
                    size="sm"
                    variant="default"
                    component={Link}
                    to={`/appointments/${appointmentId}/rate`}
                    aria-label={`${t('feedback.rate')}, ${doctorName({ lastName: doctor.lastName }, t)}`}
                  >
                    {t('feedback.rate')}
                  </Button>
                </Group>
              </article>
            ))}
          </Part>
          <Part title={t('nav.profile')}>
            {data.profile === null ? (
              <Unavailable />
            ) : (
              <Stack className="card" gap="xs">
                <Text fw={600}>{t('dashboard.profile', { percent: data.profile.completeness })}</Text>
                <Progress
                  value={data.profile.completeness}
                  aria-label={t('dashboard.profile', { percent: data.profile.completeness })}
                />
                {data.profile.missing.length > 0 && (
                  <Text size="sm" className="quiet">
                    {t('profile.missing')} {data.profile.missing.map((field) => t(`profile.${field}`)).join(', ')}
                  </Text>
                )}
                {data.profile.completeness < 100 && (
                  <Button size="sm" variant="default" component={Link} to="/profile" style={{ alignSelf: 'start' }}>
                    {t('dashboard.completeIt')}
                  </Button>
                )}
              </Stack>
            )}
            {data.unread === null && <Unavailable title={t('notifications.title')} />}
            {data.unread !== null && (
              <Button component={Link} to="/notifications" variant="subtle" size="sm" style={{ alignSelf: 'start' }}>
                {data.unread > 0 ? t('dashboard.unread', { count: data.unread }) : t('dashboard.unreadNone')}
              </Button>
            )}
          </Part>
        </div>
      )}
    </Page>
  );
}
