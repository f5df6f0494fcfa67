import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PaymentStatus } from '../lib/payments';

const colors: Record<PaymentStatus, string> = {
  none: 'gray',
  due: 'yellow',
  'requires-action': 'orange',
  processing: 'blue',
  authorised: 'cyan',
  paid: 'teal',
  failed: 'red',
  voided: 'gray',
  'partly-refunded': 'violet',
  refunded: 'violet',
};

export function PaymentBadge({ status }: { status: PaymentStatus }) {
  const { t } = useTranslation();
  return (
    <Badge variant="dot" color={colors[status]} styles={{ label: { color: 'var(--ink)' } }} size="lg" tt="none">
      {t(`payments.status.${status}`)}
    </Badge>
  );
}
