import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Avatar } from '../../components/avatar';
import { PatientLink } from '../../components/patient-link';
import { PaymentBadge } from '../../components/payment-badge';
import type { Appointment } from '../../lib/appointments';
import { directionsUrl } from '../../lib/calendar-links';
import { formatDayTime, formatMoney, viewerZone } from '../../lib/format';
import { doctorName } from '../../lib/people';
import { shownPayment, type Side } from '../../lib/visit';

const MINUTE_MS = 60_000;
const minutesOf = ({ startsAt, endsAt }: Appointment): number =>
  Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS);

/** With whom, when, where and for how much. */
export function Facts({
  appointment,
  side,
  place,
  isOffline = false,
}: {
  appointment: Appointment;
  side: Side;
  place: string | undefined;
  /** Nothing that needs the network can be followed. */
  isOffline?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { doctor, patient, startsAt, mode, price, reason, rejection, cancellation } = appointment;
  const payment = shownPayment(appointment);
  const why = rejection?.reason ?? cancellation?.reason;
  return (
    <dl className="facts">
      <dt>{t(side === 'patient' ? 'booking.with' : 'visit.patient')}</dt>
      <dd>
        <Group gap="xs" wrap="nowrap">
          <Avatar person={side === 'patient' ? doctor : patient} />
          {side === 'doctor' ? (
            <PatientLink patient={patient} />
          ) : isOffline ? (
            doctorName(doctor, t)
          ) : (
            <Anchor component={Link} to={`/doctors/${doctor.id}`} fw={600} underline="always">
              {doctorName(doctor, t)}
            </Anchor>
          )}
        </Group>
      </dd>
      <dt>{t('booking.when')}</dt>
      <dd>
        {formatDayTime(startsAt, i18n.language)}
        <Text size="sm" className="quiet" fw={400}>
          {t('visit.minutes', { count: minutesOf(appointment) })} · {t('common.zone', { zone: viewerZone() })}
        </Text>
      </dd>
      <dt>{t('directory.mode')}</dt>
      <dd>{t(`modes.${mode}`)}</dd>
      {place && (
        <>
          <dt>{t('visit.address')}</dt>
          <dd>
            <bdi>{place}</bdi>{' '}
            {!isOffline && (
              <Anchor href={directionsUrl(place)} target="_blank" rel="noreferrer" underline="always">
                {t('visit.directions')}
                <span className="visually-hidden"> ({t('visit.newWindow')})</span>
              </Anchor>
            )}
          </dd>
        </>
      )}
      {appointment.examination && (
        <>
          <dt>{t('visit.examination.known')}</dt>
          <dd>
            {t(`visit.examination.bases.${appointment.examination.basis}`)}
            {appointment.examination.reason && ` : ${appointment.examination.reason}`}
          </dd>
        </>
      )}
      <dt>{t('booking.price')}</dt>
      <dd>
        <Group gap="xs">
          {price.amount === 0 ? t('payments.status.none') : formatMoney(price, i18n.language)}
          {payment && <PaymentBadge status={payment} />}
        </Group>
      </dd>
      {reason && (
        <>
          <dt>{t('appointments.reason')}</dt>
          <dd dir="auto">{reason}</dd>
        </>
      )}
      {why && (
        <>
          <dt>{t('appointments.saidWhy')}</dt>
          <dd dir="auto">{why}</dd>
        </>
      )}
    </dl>
  );
}
