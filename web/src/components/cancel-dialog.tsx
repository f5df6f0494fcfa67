import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ReasonDialog } from './reason-dialog';
import { type Appointment, useAppointmentStep } from '../lib/appointments';
import { isGiven } from '../lib/payments';
import { toast } from '../lib/toast';
import type { Side } from '../lib/visit';
import { useCancelledText, useRefundText } from './refund-words';

/** It has lost its doctor, and something was given for it. */
const mayGetAllBack = ({ doctorUnavailable, payment }: Appointment, side: Side): boolean =>
  side === 'patient' && doctorUnavailable === true && isGiven(payment.status);

export function CancelButton({
  appointment,
  side,
  onClick,
}: {
  appointment: Appointment;
  side: Side;
  onClick: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Button size="sm" variant="default" onClick={onClick}>
      {t(mayGetAllBack(appointment, side) ? 'appointments.withoutDoctor.cancel' : 'appointments.cancel')}
    </Button>
  );
}

/** Says what cancelling costs before it is done. */
export function CancelDialog({
  appointment,
  side,
  onClose,
}: {
  /** Undefined while nothing is to be cancelled. */
  appointment: Appointment | undefined;
  side: Side;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const refundText = useRefundText();
  const cancelledText = useCancelledText();
  const step = useAppointmentStep();
  const close = () => {
    step.reset();
    onClose();
  };
  return (
    <ReasonDialog
      opened={appointment !== undefined}
      title={t('appointments.cancelTitle')}
      text={appointment && `${t('appointments.cancelText')} ${refundText(appointment, side)}`}
      label={t('appointments.cancelReason')}
      required={false}
      confirm={t('appointments.cancel')}
      keep={t('appointments.keep')}
      pending={step.isPending}
      error={step.error}
      onClose={close}
      onConfirm={(reason) =>
        appointment &&
        step.mutate(
          { appointment, step: { name: 'cancel', reason } },
          {
            onSuccess: ({ refund }) => {
              close();
              toast(cancelledText(appointment, refund));
            },
          },
        )
      }
    />
  );
}
