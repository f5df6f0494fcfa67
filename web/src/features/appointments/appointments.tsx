import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AppointmentCard } from '../../components/appointment-card';
import { Page } from '../../components/page';
import { ReasonDialog } from '../../components/reason-dialog';
import { Empty, Failed, Loading } from '../../components/states';
import { type Appointment, useAppointments, useAppointmentStep } from '../../lib/appointments';
import { formatMoney, shareOf } from '../../lib/format';
import { isGiven, isPayable } from '../../lib/payments';
import { useSession } from '../../lib/session';
import { toast } from '../../lib/toast';

const cancellable = ({ status, startsAt }: Appointment): boolean =>
  ['held', 'requested', 'accepted'].includes(status) && new Date(startsAt) > new Date();

const wantsPayment = ({ status, payment, doctorUnavailable }: Appointment): boolean =>
  ['held', 'accepted', 'completed'].includes(status) && isPayable(payment.status) && !doctorUnavailable;

/** It has lost its doctor, and something was given for it. */
const mayGetAllBack = ({ doctorUnavailable, payment }: Appointment, side: 'patient' | 'doctor'): boolean =>
  side === 'patient' && doctorUnavailable === true && isGiven(payment.status);

/** What goes back to the patient if it is cancelled now, in words; nothing where nothing was paid. */
function useRefundText(): (appointment: Appointment, side: 'patient' | 'doctor') => string {
  const { t, i18n } = useTranslation();
  return ({ payment, price, policy }, side) => {
    if (payment.status === 'authorised') return t('payments.cancelReleased');
    if (payment.status !== 'paid') return '';
    const whole = formatMoney(price, i18n.language);
    if (side === 'doctor') return t('payments.cancelByDoctor', { amount: whole });
    const percent = policy.refundPercentNow;
    if (percent === 100) return t('payments.cancelWhole', { amount: whole });
    if (percent === 0) return t('payments.cancelNone');
    const part = { ...price, amount: shareOf(price, percent) };
    return t('payments.cancelPart', { percent, amount: formatMoney(part, i18n.language) });
  };
}

export default function Appointments() {
  const { t, i18n } = useTranslation();
  const refundText = useRefundText();
  const side = useSession().account?.role === 'doctor' ? 'doctor' : 'patient';
  const [when, setWhen] = useState('upcoming');
  const now = useMemo(() => new Date().toISOString(), []);
  /** What was only set aside goes back without ever having been taken. */
  const doneText = ({ payment }: Appointment, refund: Appointment['refund']): string => {
    if (payment.status === 'authorised') return `${t('appointments.cancelled')}. ${t('payments.cancelReleased')}`;
    if (!refund?.amount) return t('appointments.cancelled');
    return t('payments.refundDone', { amount: formatMoney(refund, i18n.language) });
  };
  const list = useAppointments(when === 'upcoming' ? { from: now, order: 'asc' } : { to: now, order: 'desc' });
  const step = useAppointmentStep();
  const [leaving, setLeaving] = useState<Appointment>();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('appointments.title')}>
      <Stack>
        <SegmentedControl
          aria-label={t('appointments.title')}
          value={when}
          onChange={setWhen}
          data={[
            { value: 'upcoming', label: t('appointments.upcoming') },
            { value: 'past', label: t('appointments.past') },
          ]}
        />
        {list.isPending && <Loading height={120} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && items.length === 0 && (
          <Empty title={t('appointments.none')} text={t('appointments.noneText')}>
            {side === 'patient' && (
              <Button component={Link} to="/doctors">
                {t('appointments.find')}
              </Button>
            )}
          </Empty>
        )}
        {items.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} side={side}>
            {side === 'patient' && wantsPayment(appointment) && (
              <Button size="sm" component={Link} to={`/appointments/${appointment.id}/pay`}>
                {t('payments.pay')}
              </Button>
            )}
            {side === 'patient' && appointment.status === 'completed' && (
              <Button size="sm" variant="default" component={Link} to={`/appointments/${appointment.id}/rate`}>
                {t('feedback.rate')}
              </Button>
            )}
            {cancellable(appointment) && (
              <Button
                size="sm"
                variant="default"
                onClick={() => {
                  step.reset();
                  setLeaving(appointment);
                }}
              >
                {t(mayGetAllBack(appointment, side) ? 'appointments.withoutDoctor.cancel' : 'appointments.cancel')}
              </Button>
            )}
          </AppointmentCard>
        ))}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
      <ReasonDialog
        key={leaving?.id}
        opened={leaving !== undefined}
        title={t('appointments.cancelTitle')}
        text={leaving && `${t('appointments.cancelText')} ${refundText(leaving, side)}`}
        label={t('appointments.cancelReason')}
        required={false}
        confirm={t('appointments.cancel')}
        keep={t('appointments.keep')}
        pending={step.isPending}
        error={step.error}
        onClose={() => setLeaving(undefined)}
        onConfirm={(reason) =>
          leaving &&
          step.mutate(
            { appointment: leaving, step: { name: 'cancel', reason } },
            {
              onSuccess: ({ refund }) => {
                setLeaving(undefined);
                toast(doneText(leaving, refund));
              },
            },
          )
        }
      />
    </Page>
  );
}
