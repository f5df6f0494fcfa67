import { Button, Group, Skeleton, Table, Text, Title } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartProps } from './chart';

const Chart = lazy(() => import('./chart'));

/** A chart, and the same numbers as a table behind it. */
export function FigureCard({
  title,
  rowsAre,
  children,
  ...chart
}: ChartProps & {
  title: string;
  /** Heading of what the rows are named after; by default periods. */
  rowsAre?: string;
  /** Said between the title and the chart. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const { rows, series, format } = chart;
  const isEmpty = rows.every((row) => series.every(({ key }) => !row[key]));
  return (
    <section className="card" aria-labelledby={id}>
      <Group justify="space-between" mb="sm">
        <Title order={3} size="h5" id={id}>
          {title}
        </Title>
        <Button size="compact-sm" variant="subtle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'dashboard.chart' : 'dashboard.table')}
        </Button>
      </Group>
      {children}
      {isEmpty && !asTable ? (
        <Text className="quiet" mih={240}>
          {t('dashboard.noData')}
        </Text>
      ) : asTable ? (
        <div style={{ maxBlockSize: 300, overflow: 'auto' }} role="group" tabIndex={0} aria-label={title}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{rowsAre ?? t('dashboard.period')}</Table.Th>
                {series.map(({ key, name }) => (
                  <Table.Th key={key} scope="col">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={String(row.key)}>
                  <Table.Th scope="row">{row.label}</Table.Th>
                  {series.map(({ key }) => (
                    <Table.Td key={key}>
                      <bdi>{row[key] === null ? '—' : format(Number(row[key]))}</bdi>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        <Suspense fallback={<Skeleton height={240} />}>
          <Chart {...chart} />
        </Suspense>
      )}
    </section>
  );
}
