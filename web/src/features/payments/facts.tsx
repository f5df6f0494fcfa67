import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PolicyWords } from '../../components/policy';
import type { Appointment } from '../../lib/appointments';
import { formatDayTime, formatMoney } from '../../lib/format';
import { doctorName } from '../../lib/people';

/** What is paid, for what, on which terms. */
export function Facts({ appointment }: { appointment: Appointment }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack className="card" gap="sm">
      <dl className="facts">
        <dt>{t('booking.with')}</dt>
        <dd>{doctorName(appointment.doctor, t)}</dd>
        <dt>{t('booking.when')}</dt>
        <dd>{formatDayTime(appointment.startsAt, i18n.language)}</dd>
        <dt>{t('payments.amount')}</dt>
        <dd>
          <strong>{formatMoney(appointment.price, i18n.language)}</strong>
        </dd>
      </dl>
      <PolicyWords policy={appointment.policy} startsAt={appointment.startsAt} />
    </Stack>
  );
}
