import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { Failed, Loading } from '../../components/states';
import { useDoctorProfile, usePatientProfile } from '../../lib/profile';
import { useSession } from '../../lib/session';
import { DoctorForm } from './doctor-form';
import { LicenceProofSection } from './licence-proof';
import { PatientForm } from './patient-form';
import { PhotoSection } from './photo';

export default function Profile() {
  const { t } = useTranslation();
  const isDoctor = useSession().account?.role === 'doctor';
  const doctor = useDoctorProfile(isDoctor);
  const patient = usePatientProfile(!isDoctor);
  const query = isDoctor ? doctor : patient;
  return (
    <div className="medium">
      <Page title={t('profile.title')}>
        {query.isPending && <Loading rows={5} height={64} />}
        {query.isError && <Failed error={query.error} retry={query.refetch} />}
        {query.data && (
          <Stack>
            <PhotoSection profile={query.data} side={isDoctor ? 'doctor' : 'patient'} />
            {doctor.data && <DoctorForm profile={doctor.data} />}
            {doctor.data && <LicenceProofSection profile={doctor.data} />}
            {patient.data && <PatientForm profile={patient.data} />}
          </Stack>
        )}
      </Page>
    </div>
  );
}
