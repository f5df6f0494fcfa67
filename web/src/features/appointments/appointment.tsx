import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { StatusBadge } from '../../components/appointment-card';
import { Avatar } from '../../components/avatar';
import { Page } from '../../components/page';
import { PatientLink } from '../../components/patient-link';
import { PaymentBadge } from '../../components/payment-badge';
import { PolicyWords } from '../../components/policy';
import { ReceiptButton } from '../../components/receipt-button';
import { Empty, Failed } from '../../components/states';
import { type Appointment, useAppointment } from '../../lib/appointments';
import { directionsUrl } from '../../lib/calendar-links';
import { useDoctor } from '../../lib/doctor';
import { formatDayTime, formatMoney, viewerZone } from '../../lib/format';
import { useNow } from '../../lib/now';
import { usePayment } from '../../lib/payments';
import { doctorName, fullName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import { isCancellable, isMovable, shownPayment, type Side } from '../../lib/visit';
import { AddToCalendar } from './add-to-calendar';
import { CancelButton, CancelDialog } from '../../components/cancel-dialog';
import { NextStep } from '../../components/next-step';
import { useRefundText } from '../../components/refund-words';
import { Timeline } from './timeline';

const MINUTE_MS = 60_000;
const minutesOf = ({ startsAt, endsAt }: Appointment): number =>
  Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS);

function Facts({ appointment, side, place }: { appointment: Appointment; side: Side; place: string | undefined }) {
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
          {side === 'patient' ? (
            <Anchor component={Link} to={`/doctors/${doctor.id}`} fw={600} underline="always">
              {doctorName(doctor, t)}
            </Anchor>
          ) : (
            <PatientLink patient={patient} />
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
            <Anchor href={directionsUrl(place)} target="_blank" rel="noreferrer" underline="always">
              {t('visit.directions')}
              <span className="visually-hidden"> ({t('visit.newWindow')})</span>
            </Anchor>
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

/** What a patient gets back who cancels now, and the terms. */
function Costs({ appointment, side }: { appointment: Appointment; side: Side }) {
  const { t } = useTranslation();
  const refund = useRefundText()(appointment, side) || (side === 'doctor' && t('appointments.cancelText'));
  return (
    <section aria-labelledby="annulation">
      <Title order={2} size="h5" id="annulation" mb={4}>
        {t('visit.costs')}
      </Title>
      {refund && <Text size="sm">{refund}</Text>}
      {side === 'patient' && appointment.price.amount > 0 && <PolicyWords policy={appointment.policy} />}
    </section>
  );
}

function Details({ appointment, side }: { appointment: Appointment; side: Side }) {
  const { t } = useTranslation();
  const now = useNow();
  const [cancelling, setCancelling] = useState(false);
  const { doctor, mode, status, payment } = appointment;
  const asks = side === 'patient' && mode === 'in-person';
  const { data: profile } = useDoctor(doctor.id, asks);
  const place = asks && profile ? [profile.address, profile.city].filter(Boolean).join(', ') || undefined : undefined;
  const { data: paid } = usePayment(side === 'patient' ? payment.paymentId : undefined);
  const paidAt = paid?.paidAt ?? undefined;
  const cancellable = isCancellable(appointment, now);
  const booked = (useLocation().state as { booked?: boolean } | null)?.booked;
  return (
    <div className="appointment-page">
      <Stack>
        {booked && ['requested', 'accepted'].includes(status) && (
          <Alert color="teal" variant="light" role="status">
            <Title order={2} size="h4">
              {t(status === 'accepted' ? 'booking.doneAccepted' : 'booking.done')}
            </Title>
          </Alert>
        )}
        <section className="card" aria-labelledby="suite">
          <Group justify="space-between" mb="xs">
            <Title order={2} size="h5" id="suite">
              {t('visit.next')}
            </Title>
            <StatusBadge status={status} />
          </Group>
          <NextStep appointment={appointment} side={side} now={now} />
        </section>
        <section className="card">
          <Facts appointment={appointment} side={side} place={place} />
          {paid?.receiptNumber && (
            <Group mt="md">
              <ReceiptButton payment={paid} />
            </Group>
          )}
        </section>
        {cancellable && (
          <Stack className="card" gap="sm" align="start">
            <Costs appointment={appointment} side={side} />
            <Group gap="sm">
              {isMovable(appointment, side, now) && (
                <Button size="sm" variant="default" component={Link} to={`/appointments/${appointment.id}/move`}>
                  {t(side === 'doctor' ? 'visit.move.offer' : 'visit.move.move')}
                </Button>
              )}
              <CancelButton appointment={appointment} side={side} onClick={() => setCancelling(true)} />
            </Group>
          </Stack>
        )}
      </Stack>
      <Stack>
        <section className="card" aria-labelledby="suivi">
          <Title order={2} size="h5" id="suivi" mb="sm">
            {t('visit.history')}
          </Title>
          <Timeline appointment={appointment} paidAt={paidAt} />
        </section>
        {cancellable && <AddToCalendar appointment={appointment} side={side} place={place} />}
      </Stack>
      <CancelDialog
        appointment={cancelling ? appointment : undefined}
        side={side}
        onClose={() => setCancelling(false)}
      />
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="appointment-page" role="status" aria-busy="true">
      <span className="visually-hidden">{t('common.loading')}</span>
      <Stack aria-hidden>
        <Skeleton height={130} radius="lg" />
        <Skeleton height={260} radius="lg" />
      </Stack>
      <Skeleton height={240} radius="lg" aria-hidden />
    </div>
  );
}

/** `/appointments/:id`: everything about one appointment, for either side. */
export default function AppointmentPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const side: Side = useSession().account?.role === 'doctor' ? 'doctor' : 'patient';
  const { data, isError, error, refetch } = useAppointment(id);
  const [list, label] =
    side === 'doctor' ? (['/agenda', 'nav.agenda'] as const) : (['/appointments', 'nav.appointments'] as const);
  const missing = error instanceof ProblemError && error.status === 404;
  const title = !data
    ? t('visit.title')
    : t('visit.with', { name: side === 'patient' ? doctorName(data.doctor, t) : fullName(data.patient) });
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to={list} underline="always" className="back">
          {t(label)}
        </Anchor>
      </nav>
      <Page title={missing ? t('visit.missing') : title}>
        {data ? (
          <Details appointment={data} side={side} />
        ) : missing ? (
          <Empty title={t('visit.missing')} text={t('visit.missingText')}>
            <Button component={Link} to={list}>
              {t(label)}
            </Button>
          </Empty>
        ) : isError ? (
          <Failed error={error} retry={refetch} />
        ) : (
          <Waiting />
        )}
      </Page>
    </>
  );
}
