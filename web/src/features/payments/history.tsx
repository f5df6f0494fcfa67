import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { PaymentBadge } from '../../components/payment-badge';
import { Empty, Failed, Loading } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { addDays, formatDayTime, formatMoney, leftToRight } from '../../lib/format';
import { isPayable, type Payment, type PaymentStatus } from '../../lib/payments';
import { doctorName } from '../../lib/people';
import { ReceiptButton } from '../../components/receipt-button';

const statuses: PaymentStatus[] = [
  'due',
  'requires-action',
  'processing',
  'authorised',
  'paid',
  'failed',
  'voided',
  'partly-refunded',
  'refunded',
];

interface Filter {
  status: PaymentStatus | '';
  from: string;
  to: string;
}

const usePayments = ({ status, from, to }: Filter) =>
  useInfiniteQuery({
    queryKey: ['payments', 'list', status, from, to],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(status && { status }),
        ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
        // Days are whole: the last one counts.
        ...(to && { to: new Date(`${addDays(to, 1)}T00:00:00`).toISOString() }),
        ...(pageParam && { cursor: pageParam }),
      };
      return dataOf(api.GET('/payments', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

function PaymentCard({ payment }: { payment: Payment }) {
  const { t, i18n } = useTranslation();
  const name = doctorName(payment.doctor, t);
  const wanted = payment.payable && isPayable(payment.status);
  return (
    <article className="card" aria-label={`${name}, ${formatDayTime(payment.startsAt, i18n.language)}`}>
      <Group justify="space-between" align="start">
        <Stack gap={2}>
          <Text fw={700} size="lg">
            {formatMoney(payment.amount, i18n.language)}
          </Text>
          <Text>
            <Link className="subject" to={`/appointments/${payment.appointmentId}`}>
              {name}
            </Link>{' '}
            · {formatDayTime(payment.startsAt, i18n.language)}
          </Text>
          <Text size="sm" className="quiet">
            {payment.method && (
              <bdi dir="ltr">
                {payment.method.brand.toUpperCase()} •••• {payment.method.last4}
              </bdi>
            )}
            {payment.receiptNumber &&
              ` · ${t('payments.receiptNumber', { number: leftToRight(payment.receiptNumber) })}`}
          </Text>
          {payment.refunded.amount > 0 && (
            <Text size="sm">
              {t('payments.refundedAmount', { amount: formatMoney(payment.refunded, i18n.language) })}
            </Text>
          )}
        </Stack>
        {(wanted || !isPayable(payment.status)) && <PaymentBadge status={payment.status} />}
      </Group>
      <Group mt="sm" gap="sm">
        {wanted && (
          <Button size="sm" component={Link} to={`/appointments/${payment.appointmentId}/pay`}>
            {t('payments.pay')}
          </Button>
        )}
        {payment.receiptNumber && <ReceiptButton payment={payment} />}
      </Group>
    </article>
  );
}

export default function HistoryPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>({ status: '', from: '', to: '' });
  const list = usePayments(filter);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some(Boolean);
  const change = (name: keyof Filter) => (event: { currentTarget: { value: string } }) =>
    setFilter({ ...filter, [name]: event.currentTarget.value as never });
  return (
    <Page title={t('payments.history')}>
      <Stack>
        <Group align="end" gap="sm" role="search" aria-label={t('directory.filters')}>
          <NativeSelect
            label={t('payments.filterStatus')}
            size="sm"
            value={filter.status}
            onChange={change('status')}
            data={[
              { value: '', label: t('common.all') },
              ...statuses.map((status) => ({ value: status, label: t(`payments.status.${status}`) })),
            ]}
          />
          <TextInput type="date" size="sm" label={t('payments.from')} value={filter.from} onChange={change('from')} />
          <TextInput type="date" size="sm" label={t('payments.until')} value={filter.to} onChange={change('to')} />
          <Button size="sm" variant="subtle" component={Link} to="/payment-methods">
            {t('payments.methods')}
          </Button>
        </Group>
        {list.isPending && <Loading height={120} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess &&
          items.length === 0 &&
          (filtered ? (
            <Empty title={t('payments.noneMatch')}>
              <Button variant="default" onClick={() => setFilter({ status: '', from: '', to: '' })}>
                {t('directory.clear')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('payments.historyNone')} text={t('payments.historyNoneText')} />
          ))}
        {items.map((payment) => (
          <PaymentCard key={payment.id} payment={payment} />
        ))}
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
    </Page>
  );
}
