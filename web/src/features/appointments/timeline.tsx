import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../lib/appointments';
import { formatDayTime, formatMoney } from '../../lib/format';
import { timelineOf } from '../../lib/visit';

/** What has come of the appointment and what is to come, step by step. */
export function Timeline({ appointment, paidAt }: { appointment: Appointment; paidAt: string | undefined }) {
  const { t, i18n } = useTranslation();
  const refunded = appointment.payment.refunded ?? appointment.refund ?? appointment.price;
  return (
    <ol className="timeline">
      {timelineOf(appointment, paidAt).map(({ name, state, at }) => (
        <li key={name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <Text fw={state === 'todo' ? 400 : 600}>
            {t(`visit.${['current', 'todo'].includes(state) ? 'awaited' : 'steps'}.${name}`, {
              amount: formatMoney(refunded, i18n.language),
            })}
            <span className="visually-hidden"> ({t(`visit.states.${state}`)})</span>
          </Text>
          {at && (
            <Text size="sm" className="quiet">
              {formatDayTime(at, i18n.language)}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}
