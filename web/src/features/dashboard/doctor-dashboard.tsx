import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Avatar } from '../../components/avatar';
import { Page } from '../../components/page';
import { PatientLink } from '../../components/patient-link';
import { RequestAnswers } from '../../components/request-answers';
import { Stars } from '../../components/stars';
import { Failed, Loading } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { useSession } from '../../lib/session';
import { doctorName } from '../../lib/people';
import { useDoctorDashboard } from './calls';
import { Part, Quiet, Unavailable } from './part';
import { StatisticsSection } from './statistics';
import { WaitingRoom } from './waiting-room';

export default function DoctorDashboard() {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const dashboard = useDoctorDashboard();
  const { data } = dashboard;
  return (
    <Page title={t('dashboard.hello', { name: doctorName({ lastName: account?.lastName ?? '' }, t) })}>
      <Stack gap="xl">
        {dashboard.isPending && <Loading rows={3} height={140} />}
        {dashboard.isError && <Failed error={dashboard.error} retry={dashboard.refetch} />}
        {data && (
          <>
            {data.profile && data.profile.verification !== 'verified' && (
              <Alert
                color="yellow"
                variant="light"
                title={t('dashboard.verification', {
                  state: t(`profile.verification.${data.profile.verification}`),
                })}
              >
                <Link to="/get-started">{t('dashboard.completeIt')}</Link>
              </Alert>
            )}
            <WaitingRoom />
            <div className="two-columns">
              <Part title={t('dashboard.today')}>
                {data.today === null && <Unavailable />}
                {data.today?.length === 0 && <Quiet>{t('dashboard.todayNone')}</Quiet>}
                {data.today?.map((appointment) => (
                  <AppointmentCard key={appointment.id} appointment={appointment} side="doctor" />
                ))}
              </Part>
              <Part
                title={
                  data.requests?.count
                    ? t('dashboard.requests', { count: data.requests.count })
                    : t('dashboard.requestsNone')
                }
              >
                {data.requests === null ? <Unavailable /> : <RequestAnswers appointments={data.requests.items} />}
                <Button component={Link} to="/requests" variant="subtle" size="sm" style={{ alignSelf: 'start' }}>
                  {t('dashboard.allRequests')}
                </Button>
              </Part>
            </div>
          </>
        )}
        <StatisticsSection />
        {data && (
          <Part title={t('dashboard.reviews')}>
            {data.latestFeedback === null && <Unavailable />}
            {data.latestFeedback?.length === 0 && <Quiet>{t('dashboard.reviewsNone')}</Quiet>}
            {data.latestFeedback?.map((review) => (
              <article
                key={review.id}
                className="card"
                aria-label={`${review.patient.firstName} ${review.patient.lastName}`}
              >
                <Group gap="sm" wrap="nowrap">
                  <Avatar person={review.patient} />
                  <Text fw={600}>
                    <PatientLink patient={review.patient} /> <Stars value={review.stars} />
                  </Text>
                </Group>
                <Text size="sm" className="quiet">
                  {formatDayTime(review.createdAt, i18n.language)}
                </Text>
                {review.comment && (
                  <Text lineClamp={3} dir="auto">
                    {review.comment}
                  </Text>
                )}
              </article>
            ))}
            <Button component={Link} to="/reviews" variant="subtle" size="sm" style={{ alignSelf: 'start' }}>
              {t('dashboard.allReviews')}
            </Button>
          </Part>
        )}
      </Stack>
    </Page>
  );
}
