import { Anchor, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { liveLine } from '../../lib/live-line';
import { doctorName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import type { Side } from '../../lib/visit';
import type { VisitState } from '../../lib/waiting';
import { Announcer } from './announcer';
import { useVisitState } from './calls';
import { Visit } from './visit';

/** The one at the other end, as the page is called after. */
function useTitle(state: VisitState | undefined, side: Side): string {
  const { t } = useTranslation();
  const other = state?.participants.find(({ role }) => role === (side === 'doctor' ? 'patient' : 'doctor'));
  if (!other) return t('call.title');
  return t('call.with', { name: side === 'doctor' ? other.name : doctorName({ lastName: other.name }, t) });
}

/** `/visit/:appointmentId`: the video visit, for patient and doctor. */
export default function VisitPage() {
  const { t } = useTranslation();
  const { appointmentId = '' } = useParams();
  const side: Side = useSession().account?.role === 'doctor' ? 'doctor' : 'patient';
  const { data, isError, error, refetch } = useVisitState({ appointmentId });
  const title = useTitle(data, side);
  const isMissing = error instanceof ProblemError && error.status === 404;
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to={`/appointments/${appointmentId}`} underline="always" className="back">
          {t('call.toAppointment')}
        </Anchor>
      </nav>
      <Page title={isMissing ? t('call.missing') : title}>
        {isMissing ? (
          <Empty title={t('call.missing')} text={t('call.missingText')}>
            <Button component={Link} to="/dashboard">
              {t('nav.dashboard')}
            </Button>
          </Empty>
        ) : data ? (
          <Announcer>
            <Visit access={{ appointmentId }} state={data} side={side} line={liveLine} />
          </Announcer>
        ) : isError ? (
          <Failed error={error} retry={refetch} />
        ) : (
          <Loading rows={2} height={180} />
        )}
      </Page>
    </>
  );
}
