import {
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAverage } from '../../components/stars';
import { Failed, Loading } from '../../components/states';
import { dayKey, formatMoney, majorOf, tagOf } from '../../lib/format';
import { useStatistics } from './calls';
import { FigureCard } from '../../components/figure-card';
import { type Bucket, bucketFor, changeOf, csvOf, periodBefore, type Point, type Statistics } from './figures';
import { lastDays, type Period } from '../../lib/period';
import { Unavailable } from './part';

const PERIODS = ['7', '30', '90', '365'] as const;
const OWN = 'own';
const colors = { blue: '#0072b2', orange: '#e69f00', green: '#009e73', red: '#d55e00' };

function Tile({ name, value, change }: { name: string; value: string | null; change: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="card">
      <Text component="dt" size="sm" className="quiet">
        {name}
      </Text>
      <Text component="dd" m={0} fw={700} size="xl">
        <bdi>{value ?? '—'}</bdi>
      </Text>
      <Text component="dd" m={0} size="sm" className="quiet" mih="1.5em">
        {value !== null && change && t('dashboard.before', { change })}
      </Text>
    </div>
  );
}

function Tiles({ now, before }: { now: Statistics; before: Statistics | undefined }) {
  const { t, i18n } = useTranslation();
  const tag = tagOf(i18n.language);
  const count = (value: number | null) => (value === null ? null : new Intl.NumberFormat(tag).format(value));
  const { rating } = now;
  return (
    <SimpleGrid component="dl" cols={{ base: 2, md: 4 }} m={0}>
      <Tile
        name={t('dashboard.consultations')}
        value={count(now.consultations)}
        change={changeOf(now.consultations, before?.consultations, tag)}
      />
      <Tile
        name={t('dashboard.income')}
        value={now.income && formatMoney(now.income, i18n.language)}
        change={changeOf(now.income?.amount, before?.income?.amount, tag)}
      />
      <Tile
        name={t('dashboard.rating')}
        value={rating && rating.average !== null ? `${formatAverage(rating.average, i18n.language)} ★` : null}
        change={changeOf(rating?.average, before?.rating?.average, tag)}
      />
      <Tile
        name={t('dashboard.noShows')}
        value={count(now.noShows)}
        change={changeOf(now.noShows, before?.noShows, tag)}
      />
    </SimpleGrid>
  );
}

/** « 3 nov. » or « nov. 2026 », as long as its bucket. */
const labelOf = ({ from }: Point, bucket: Bucket, tag: string, withYear: boolean): string =>
  new Intl.DateTimeFormat(tag, {
    timeZone: 'UTC',
    ...(bucket === 'month'
      ? { month: 'short', year: 'numeric' }
      : { day: 'numeric', month: 'short', ...(withYear && { year: '2-digit' }) }),
  }).format(new Date(`${from}T00:00:00Z`));

function Charts({ statistics }: { statistics: Statistics }) {
  const { t, i18n } = useTranslation();
  const tag = tagOf(i18n.language);
  const isRightToLeft = i18n.language === 'ar';
  const { series, unavailable, from, to } = statistics;
  const bucket = statistics.bucket as Bucket;
  const withYear = from.slice(0, 4) !== to.slice(0, 4);
  const currency = statistics.income?.currency ?? 'TND';
  const number = (value: number) => new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }).format(value);
  const rows = series.map((point) => ({
    key: point.from,
    label: labelOf(point, bucket, tag, withYear),
    consultations: point.consultations,
    noShows: point.noShows,
    income: point.income && Number(majorOf(point.income.amount, currency)),
    refunds: point.refunds && Number(majorOf(point.refunds.amount, currency)),
    rating: point.rating?.average ?? null,
  }));
  const common = { rows, isRightToLeft };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {unavailable.includes('scheduling') ? (
        <Unavailable title={t('dashboard.consultations')} />
      ) : (
        <FigureCard
          {...common}
          kind="bars"
          title={`${t('dashboard.consultations')} · ${t('dashboard.noShows')}`}
          format={number}
          series={[
            { key: 'consultations', name: t('dashboard.consultations'), color: colors.blue },
            { key: 'noShows', name: t('dashboard.noShows'), color: colors.orange },
          ]}
        />
      )}
      {unavailable.includes('billing') ? (
        <Unavailable title={t('dashboard.income')} />
      ) : (
        <FigureCard
          {...common}
          kind="bars"
          title={`${t('dashboard.income')} · ${t('dashboard.refunds')} (${currency})`}
          format={number}
          series={[
            { key: 'income', name: t('dashboard.income'), color: colors.green },
            { key: 'refunds', name: t('dashboard.refunds'), color: colors.red },
          ]}
        />
      )}
      {unavailable.includes('feedback') ? (
        <Unavailable title={t('dashboard.rating')} />
      ) : (
        <FigureCard
          {...common}
          kind="line"
          title={t('dashboard.rating')}
          format={number}
          domain={[0, 5]}
          series={[{ key: 'rating', name: t('dashboard.rating'), color: colors.blue }]}
        />
      )}
    </SimpleGrid>
  );
}

/** A doctor's figures over a period of their choice. */
export function StatisticsSection() {
  const { t } = useTranslation();
  const today = dayKey(new Date());
  const [choice, setChoice] = useState<string>('30');
  const [own, setOwn] = useState<Period>(lastDays(30, today));
  const [wanted, setWanted] = useState<Bucket>();
  const isOwn = choice === OWN;
  const period = isOwn ? own : lastDays(Number(choice), today);
  const valid = period.from !== '' && period.to !== '' && period.from <= period.to;
  const bucket = wanted ?? bucketFor(period);
  const now = useStatistics(valid ? period : lastDays(30, today), bucket);
  const before = useStatistics(periodBefore(valid ? period : lastDays(30, today)), 'month');
  const save = () => {
    if (!now.data) return;
    const headings = {
      from: t('dashboard.from'),
      to: t('dashboard.until'),
      consultations: t('dashboard.consultations'),
      noShows: t('dashboard.noShows'),
      cancelled: t('dashboard.cancelled'),
      income: t('dashboard.income'),
      refunds: t('dashboard.refunds'),
      ratings: t('dashboard.ratings'),
      rating: t('dashboard.rating'),
    };
    const { from, to, series } = now.data;
    const url = URL.createObjectURL(new Blob([csvOf(series, headings)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `medflow-${from}-${to}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <section aria-labelledby="chiffres">
      <Title order={2} size="h4" id="chiffres" mb="sm">
        {t('dashboard.figures')}
      </Title>
      <Stack>
        <Group align="end" gap="sm">
          <div className="scroll-x">
            <SegmentedControl
              aria-label={t('dashboard.period')}
              value={choice}
              onChange={(value) => {
                setChoice(value);
                setWanted(undefined);
              }}
              data={[
                ...PERIODS.map((days) => ({ value: days, label: t(`payments.periods.${days}`) })),
                { value: OWN, label: t('dashboard.own') },
              ]}
            />
          </div>
          {isOwn &&
            (['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="date"
                size="sm"
                label={t(end === 'from' ? 'dashboard.from' : 'dashboard.until')}
                value={own[end]}
                max={today}
                error={!valid && end === 'to' ? t('dashboard.wrongPeriod') : undefined}
                onChange={(event) => setOwn({ ...own, [end]: event.currentTarget.value })}
              />
            ))}
          <NativeSelect
            size="sm"
            label={t('dashboard.bucket')}
            value={bucket}
            onChange={(event) => setWanted(event.currentTarget.value as Bucket)}
            data={(['day', 'week', 'month'] as const).map((value) => ({
              value,
              label: t(`dashboard.buckets.${value}`),
            }))}
          />
          <Button size="sm" variant="default" disabled={!now.data || now.isPlaceholderData} onClick={save}>
            {t('dashboard.csv')}
          </Button>
        </Group>
        {now.isPending && <Loading rows={2} height={240} />}
        {now.isError && <Failed error={now.error} retry={now.refetch} />}
        {now.data && (
          <>
            <Tiles now={now.data} before={before.isPlaceholderData ? undefined : before.data} />
            <Charts statistics={now.data} />
          </>
        )}
      </Stack>
    </section>
  );
}
