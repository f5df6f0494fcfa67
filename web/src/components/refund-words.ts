import { useTranslation } from 'react-i18next';
import type { Appointment } from '../lib/appointments';
import { formatMoney, shareOf } from '../lib/format';
import type { Side } from '../lib/visit';

/** What goes back to the patient if it is cancelled now, in words; nothing where nothing was paid. */
export function useRefundText(): (appointment: Appointment, side: Side) => string {
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

/** What has gone back after it was cancelled; what was only set aside goes back without ever having been taken. */
export function useCancelledText(): (before: Appointment, refund: Appointment['refund']) => string {
  const { t, i18n } = useTranslation();
  return ({ payment }, refund) => {
    if (payment.status === 'authorised') return `${t('appointments.cancelled')}. ${t('payments.cancelReleased')}`;
    if (!refund?.amount) return t('appointments.cancelled');
    return t('payments.refundDone', { amount: formatMoney(refund, i18n.language) });
  };
}
