import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import type { Schemas } from '../../lib/api';
import { formatDayTime } from '../../lib/format';
import { doctorName } from '../../lib/people';
import { Proof } from './proof';

export type Doctor = Schemas['AdminDoctorList']['items'][number];

interface Props {
  doctor: Doctor;
  judging: boolean;
  /** Absent: is so already. */
  onVerify: (() => void) | undefined;
  onRefuse: (() => void) | undefined;
}

/** A doctor whose licence is to be judged: what the profile says, and beside it what proves it. */
export function Candidate({ doctor, judging, onVerify, onRefuse }: Props) {
  const { t, i18n } = useTranslation();
  const [reading, setReading] = useState(false);
  const name = doctorName(doctor, t);
  const lists = [
    ['qualifications', doctor.qualifications],
    ['experience', doctor.experience],
  ] as const;
  return (
    <article className="card candidate" data-reading={reading} aria-label={name}>
      <div>
        <Title order={2} size="h4">
          {name}
        </Title>
        <Text>
          {t('verification.licence')} : <strong>{doctor.licenceNumber}</strong>
        </Text>
        <Text className="quiet">
          {doctor.specializations.map((code) => t(`specializations.${code}`)).join(', ')}{' '}
          {doctor.city && `· ${doctor.city}`}
        </Text>
        {lists.map(
          ([field, items]) =>
            items.length > 0 && (
              <Text key={field} size="sm">
                {t(`profile.${field}`)} : {items.join(' · ')}
              </Text>
            ),
        )}
        {doctor.submittedAt && <Text size="sm">{formatDayTime(doctor.submittedAt, i18n.language)}</Text>}
        {doctor.verificationReason && <Text size="sm">{doctor.verificationReason}</Text>}
        {doctor.missing.length > 0 && (
          <Text size="sm">
            {t('verification.missing', { fields: doctor.missing.map((field) => t(`profile.${field}`)).join(', ') })}
          </Text>
        )}
        {!doctor.licenceProof && <Text size="sm">{t('verification.noProof')}</Text>}
        <Group mt="sm">
          {doctor.licenceProof && (
            <Button size="sm" variant="light" aria-expanded={reading} onClick={() => setReading((before) => !before)}>
              {t(reading ? 'verification.hideProof' : 'verification.showProof')}
            </Button>
          )}
          {onVerify && (
            <ActionButton size="sm" loading={judging} onClick={onVerify}>
              {t('verification.verify')}
            </ActionButton>
          )}
          {onRefuse && (
            <Button size="sm" variant="default" onClick={onRefuse}>
              {t('verification.refuse')}
            </Button>
          )}
        </Group>
      </div>
      {reading && doctor.licenceProof && <Proof doctorId={doctor.id} name={name} sentAt={doctor.licenceProof.sentAt} />}
    </article>
  );
}
