import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page';
import { WriteButton } from '../../components/write-button';
import { Empty, Failed, Loading } from '../../components/states';
import { type Patient, usePatient } from '../../lib/patients';
import { fullName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { PatientFigures } from './figures';
import { PatientReviews } from './patient-reviews';
import { NextStep, useVisits, VisitList } from './patient-visits';

function Details({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const visits = useVisits(patient.id);
  return (
    <Stack gap="lg">
      <section className="card" aria-labelledby="patient-summary">
        <Title order={2} className="visually-hidden" id="patient-summary">
          {t('patients.summary')}
        </Title>
        <PatientFigures patient={patient} withVisits />
        <Group mt="md">
          <WriteButton to={{ patientId: patient.id }} />
        </Group>
      </section>
      <div className="appointment-page">
        <Stack className="patient-aside">
          <section className="card" aria-labelledby="patient-next">
            <Title order={2} size="h5" mb="sm" id="patient-next">
              {t('patients.next')}
            </Title>
            <NextStep visits={visits} />
          </section>
          <PatientReviews patientId={patient.id} />
        </Stack>
        <Stack gap="lg">
          <VisitList visits={visits} which="upcoming" />
          <VisitList visits={visits} which="past" />
        </Stack>
      </div>
    </Stack>
  );
}

/** `/patients/:id`: all that is between the doctor and one patient. */
export default function PatientPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, isError, error, refetch } = usePatient(id);
  const isMissing = error instanceof ProblemError && error.status === 404;
  const title = data ? fullName(data) : t(isMissing ? 'patients.missing' : 'patients.title');
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to="/patients" underline="always" className="back">
          {t('patients.title')}
        </Anchor>
      </nav>
      <Page title={title}>
        {data ? (
          <Details key={data.id} patient={data} />
        ) : isMissing ? (
          <Empty title={t('patients.missing')} text={t('patients.missingText')}>
            <Button component={Link} to="/patients">
              {t('patients.title')}
            </Button>
          </Empty>
        ) : isError ? (
          <Failed error={error} retry={refetch} />
        ) : (
          <Loading height={140} />
        )}
      </Page>
    </>
  );
}
