import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Avatar } from '../../components/avatar';
import type { Schemas } from '../../lib/api';
import { cityName } from '../../lib/cities';
import { formatDayTime, formatMoney } from '../../lib/format';
import { doctorName } from '../../lib/people';
import type { Slot } from '../../lib/slots';
import { Terms, type TermsOfDoctor } from './terms';

interface SummaryProps {
  doctor: Schemas['DirectoryDoctorView'];
  slot: Slot;
  /** In which times are told, where that is not the viewer's. */
  zone: string | undefined;
  terms: TermsOfDoctor | undefined;
  children?: ReactNode;
}

/** What is about to be booked: with whom, where, when, for how much and on which terms. */
export function Summary({ doctor, slot, zone, terms, children }: SummaryProps) {
  const { t, i18n } = useTranslation();
  return (
    <section className="card" aria-labelledby="avec">
      <Group gap="sm" wrap="nowrap" align="center" mb="md">
        <Avatar person={doctor} size="card" />
        <Stack gap={2}>
          <Title order={2} size="h4" id="avec">
            {doctorName(doctor, t)}
          </Title>
          <Text size="sm" className="quiet">
            {doctor.specializations.map((code) => t(`specializations.${code}`)).join(', ')}
          </Text>
          <Text size="sm">
            <bdi>{[doctor.address, cityName(doctor.city, i18n.language)].filter(Boolean).join(', ')}</bdi>
          </Text>
        </Stack>
      </Group>
      <dl className="facts">
        <dt>{t('booking.when')}</dt>
        <dd>
          {formatDayTime(slot.startsAt, i18n.language, zone)}
          {zone && ` (${zone})`}
        </dd>
        <dt>{t('directory.mode')}</dt>
        <dd>{t(`modes.${slot.mode}`)}</dd>
        <dt>{t('booking.price')}</dt>
        <dd>{formatMoney(slot.price, i18n.language)}</dd>
      </dl>
      {children}
      {terms && <Terms terms={terms} free={slot.price.amount === 0} startsAt={slot.startsAt} zone={zone} />}
      <Button component={Link} to={`/doctors/${doctor.id}`} variant="default" size="sm" mt="md">
        {t('booking.other')}
      </Button>
    </section>
  );
}
