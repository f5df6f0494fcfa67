import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { ProveEmail } from '../../components/prove-email';
import type { Appointment } from '../../lib/appointments';
import { Countdown } from './countdown';
import { Facts } from './facts';

/** Before the address is proven nothing is paid; once it is, this page goes on by itself. */
export function Unproven({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Page title={t('payments.payTitle')}>
      <Stack className="medium">
        {appointment.holdUntil && (
          <Countdown
            holdUntil={appointment.holdUntil}
            onLapse={() => void queries.invalidateQueries({ queryKey: ['appointment', appointment.id] })}
          />
        )}
        <ProveEmail why={t('account.email.toPay')} />
        <Facts appointment={appointment} />
      </Stack>
    </Page>
  );
}
