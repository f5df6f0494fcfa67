import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { WriteButton } from '../../components/write-button';
import { StatusBadge } from '../../components/appointment-card';
import { OfflineNotice } from '../../components/offline-notice';
import { Page } from '../../components/page';
import { PolicyWords } from '../../components/policy';
import { ReceiptButton } from '../../components/receipt-button';
import { Empty, Failed } from '../../components/states';
import { type Appointment, useAppointment } from '../../lib/appointments';
import { useDoctor } from '../../lib/doctor';
import { kept } from '../../lib/kept';
import { useNow } from '../../lib/now';
import { usePayment } from '../../lib/payments';
import { doctorName, fullName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import { isCancellable, isMovable, type Side } from '../../lib/visit';
import { AddToCalendar } from './add-to-calendar';
import { Facts } from './facts';
import { CancelButton, CancelDialog } from '../../components/cancel-dialog';
import { NextStep } from '../../components/next-step';
import { useRefundText } from '../../components/refund-words';
import { Timeline } from './timeline';
import { isUnsuitable, Unsuitable } from './unsuitable';

/** Where the record is open to the doctor, once care has begun. */
function RecordLink({ appointment, side }: { appointment: Appointment; side: Side }) {
  const { t } = useTranslation();
  if (!['accepted', 'completed'].includes(appointment.status)) return null;
  return side === 'doctor' ? (
    <Button
      size="sm"
      variant="default"
      component={Link}
      to={`/patients/${encodeURIComponent(appointment.patient.id)}/record`}
    >
      {t('nav.openRecord')}
    </Button>
  ) : (
    <Button size="sm" variant="default" component={Link} to="/record">
      {t('nav.record')}
    </Button>
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

function Details({ appointment, side, readAt }: { appointment: Appointment; side: Side; readAt: number }) {
  const { t } = useTranslation();
  const isOffline = !useNetwork().online;
  const now = useNow();
  const [cancelling, setCancelling] = useState(false);
  const { doctor, mode, status, payment } = appointment;
  const asks = side === 'patient' && mode === 'in-person';
  const { data: profile } = useDoctor(doctor.id, asks);
  const place = asks && profile ? [profile.address, profile.city].filter(Boolean).join(', ') || undefined : undefined;
  const { data: paid } = usePayment(side === 'patient' ? payment.paymentId : undefined);
  const paidAt = paid?.paidAt ?? undefined;
  const cancellable = isCancellable(appointment, now) && !isOffline;
  useEffect(() => {
    kept.keepVisit(appointment, place, readAt);
  }, [appointment, place, readAt]);
  const booked = (useLocation().state as { booked?: boolean } | null)?.booked;
  return (
    <div className="appointment-page">
      <Stack>
        {isOffline && <OfflineNotice readAt={readAt} />}
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
          {!isOffline &&
            (isUnsuitable(appointment) ? (
              <Unsuitable appointment={appointment} side={side} />
            ) : (
              <NextStep appointment={appointment} side={side} now={now} />
            ))}
          {!isOffline && ['accepted', 'completed'].includes(status) && (
            <Group mt="md">
              <WriteButton to={side === 'patient' ? { doctorId: doctor.id } : { patientId: appointment.patient.id }} />
            </Group>
          )}
        </section>
        <section className="card">
          <Facts appointment={appointment} side={side} place={place} isOffline={isOffline} />
          {!isOffline && (
            <Group mt="md" gap="sm">
              {paid?.receiptNumber && <ReceiptButton payment={paid} />}
              <RecordLink appointment={appointment} side={side} />
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
  const { data, dataUpdatedAt, isError, error, refetch } = useAppointment(id);
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
          <Details appointment={data} side={side} readAt={dataUpdatedAt} />
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
