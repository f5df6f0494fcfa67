import { Badge, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../lib/api';
import { formatDayTime, formatMoney } from '../lib/format';
import { doctorName, fullName } from '../lib/people';
import { useNow } from '../lib/now';
import { isJoinable, shownPayment, type Side } from '../lib/visit';
import { Avatar } from './avatar';
import { JoinButton } from './join-button';
import { PatientLink } from './patient-link';
import { PaymentBadge } from './payment-badge';
import { hasLostDoctor, WithoutDoctor } from './without-doctor';

export type Appointment = Schemas['AppointmentView'];

const colors: Record<Appointment['status'], string> = {
  held: 'yellow',
  requested: 'yellow',
  accepted: 'teal',
  rejected: 'red',
  cancelled: 'gray',
  completed: 'blue',
  missed: 'orange',
  expired: 'gray',
};

export function StatusBadge({ status }: { status: Appointment['status'] }) {
  const { t } = useTranslation();
  return (
    <Badge variant="outline" color={colors[status]} styles={{ label: { color: 'var(--ink)' } }} size="lg">
      {t(`appointments.status.${status}`)}
    </Badge>
  );
}

/** One appointment as the other side's name, time, kind and price; what can be done with it comes as children. */
export function AppointmentCard({
  appointment,
  side,
  children,
}: {
  appointment: Appointment;
  side: Side;
  children?: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const isOpen = isJoinable(appointment, useNow());
  const name = side === 'patient' ? doctorName(appointment.doctor, t) : fullName(appointment.patient);
  const payment = shownPayment(appointment);
  const why = appointment.rejection?.reason ?? appointment.cancellation?.reason;
  const when = formatDayTime(appointment.startsAt, i18n.language);
  const page = { className: 'subject', to: `/appointments/${appointment.id}` };
  return (
    <article className="card" aria-label={`${name}, ${when}`}>
      <Group justify="space-between" align="start" gap="sm">
        <Group align="start" gap="sm" wrap="nowrap">
          <Avatar person={side === 'patient' ? appointment.doctor : appointment.patient} size="small" />
          <Stack gap={2}>
            <Text fw={700} size="lg">
              {side === 'doctor' ? <PatientLink patient={appointment.patient} /> : <Link {...page}>{name}</Link>}
            </Text>
            <Text>{side === 'doctor' ? <Link {...page}>{when}</Link> : when}</Text>
            <Text className="quiet" size="sm">
              {t(`modes.${appointment.mode}`)} · {formatMoney(appointment.price, i18n.language)}
            </Text>
            {appointment.reason && (
              <Text size="sm">
                {t('appointments.reason')} : {appointment.reason}
              </Text>
            )}
            {why && (
              <Text size="sm">
                {t('appointments.saidWhy')} : {why}
              </Text>
            )}
          </Stack>
        </Group>
        <Group gap={6}>
          {payment && <PaymentBadge status={payment} />}
          <StatusBadge status={appointment.status} />
        </Group>
      </Group>
      {hasLostDoctor(appointment) && <WithoutDoctor appointment={appointment} side={side} />}
      {(children || isOpen) && (
        <Group mt="md" gap="sm">
          <JoinButton appointment={appointment} side={side} />
          {children}
        </Group>
      )}
    </article>
  );
}
