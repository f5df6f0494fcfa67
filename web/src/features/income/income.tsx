import { Group, SegmentedControl, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { api, type Schemas, dataOf } from '../../lib/api';
import { dayKey, formatDayTime, formatMoney } from '../../lib/format';
import { download } from '../../lib/download';
import { lastDays, type Period } from '../../lib/period';
import { queryOf } from './period';

const PERIODS = ['7', '30', '90', '365'];
const FIRST = 30;

const useIncome = (period: Period) =>
  useInfiniteQuery({
    queryKey: ['income', period],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...queryOf(period), limit: 50, ...(pageParam && { cursor: pageParam }) };
      // As text it is asked for only to be downloaded.
      return dataOf(api.GET('/doctors/me/income', { params: { query: query as never }, signal })) as Promise<
        Schemas['IncomeView']
      >;
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

function Totals({ totals }: { totals: Schemas['IncomeTotalsView'] }) {
  const { t, i18n } = useTranslation();
  const parts = [
    ['gross', totals.income],
    ['refunds', totals.refunds],
    ['fees', totals.fees],
    ['net', totals.net],
  ] as const;
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} m={0}>
      {parts.map(([name, money]) => (
        <div key={name} className="card">
          <Text component="dt" size="sm" className="quiet">
            {t(`payments.${name}`)}
          </Text>
          <Text component="dd" m={0} fw={700} size="lg">
            <bdi>{formatMoney(money, i18n.language)}</bdi>
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

function Lines({ items }: { items: Schemas['IncomeLineView'][] }) {
  const { t, i18n } = useTranslation();
  const columns = ['date', 'patient', 'kind', 'receiptColumn', 'gross', 'fees', 'net'] as const;
  return (
    // Wider than a phone: it scrolls by itself, by keyboard too.
    <div className="card" style={{ overflowX: 'auto' }} role="region" tabIndex={0} aria-label={t('payments.income')}>
      <Table style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                {t(`payments.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ id, at, patient, kind, receiptNumber, ...money }) => (
            <Table.Tr key={id}>
              <Table.Td>{formatDayTime(at, i18n.language)}</Table.Td>
              <Table.Td>
                {patient.firstName} {patient.lastName}
              </Table.Td>
              <Table.Td>{t(`payments.kinds.${kind}`)}</Table.Td>
              <Table.Td>
                <bdi dir="ltr">{receiptNumber ?? '—'}</bdi>
              </Table.Td>
              {[money.amount, money.fee, money.net].map((part, column) => (
                <Table.Td key={column}>
                  <bdi>{formatMoney(part, i18n.language)}</bdi>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export default function IncomePage() {
  const { t } = useTranslation();
  const today = dayKey(new Date());
  const [period, setPeriod] = useState(() => lastDays(FIRST, today));
  const income = useIncome(period);
  const csv = useMutation({
    mutationFn: () =>
      download(
        `/doctors/me/income?${new URLSearchParams({ ...queryOf(period), format: 'csv' })}`,
        `medflow-${period.from}-${period.to}.csv`,
      ),
  });
  const items = income.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = PERIODS.find((days) => {
    const { from, to } = lastDays(Number(days), today);
    return from === period.from && to === period.to;
  });
  const choose = (chosenPeriod: Period) => {
    csv.reset();
    setPeriod(chosenPeriod);
  };
  return (
    <Page title={t('payments.income')}>
      <Stack>
        <SegmentedControl
          aria-label={t('payments.period')}
          value={chosen ?? ''}
          onChange={(days) => choose(lastDays(Number(days), today))}
          data={PERIODS.map((days) => ({ value: days, label: t(`payments.periods.${days}`) }))}
        />
        <Group align="end" gap="sm">
          <TextInput
            type="date"
            size="sm"
            label={t('payments.from')}
            value={period.from}
            max={period.to}
            onChange={(event) => choose({ ...period, from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="sm"
            label={t('payments.until')}
            value={period.to}
            min={period.from}
            onChange={(event) => choose({ ...period, to: event.currentTarget.value })}
          />
          {items.length > 0 && (
            <ActionButton size="sm" variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>
              {t('payments.csv')}
            </ActionButton>
          )}
        </Group>
        <WriteProblem error={csv.error} />
        {income.isPending && <Loading rows={3} height={90} />}
        {income.isError && <Failed error={income.error} retry={income.refetch} />}
        {income.data && <Totals totals={income.data.pages[0]!.totals} />}
        {income.isSuccess && items.length === 0 && (
          <Empty title={t('payments.incomeNone')} text={t('payments.incomeNoneText')} />
        )}
        {items.length > 0 && <Lines items={items} />}
        {income.hasNextPage && (
          <ActionButton
            variant="default"
            loading={income.isFetchingNextPage}
            onClick={() => void income.fetchNextPage()}
          >
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
    </Page>
  );
}
