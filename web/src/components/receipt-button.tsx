import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button';
import { download } from '../lib/download';
import type { Payment } from '../lib/payments';
import { toast } from '../lib/toast';

export function ReceiptButton({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  return (
    <ActionButton
      size="sm"
      variant="default"
      loading={busy}
      aria-label={`${t('payments.receipt')} ${payment.receiptNumber}`}
      onClick={() => {
        setBusy(true);
        download(`/payments/${payment.id}/receipt`, `medflow-${payment.receiptNumber}.pdf`)
          .catch(() => toast(t('payments.receiptFailed')))
          .finally(() => setBusy(false));
      }}
    >
      {t('payments.receipt')}
    </ActionButton>
  );
}
