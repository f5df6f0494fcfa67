import type { Schemas } from '../../lib/api';
import { addDays, majorOf } from '../../lib/format';
import type { Period } from '../../lib/period';

export type Statistics = Schemas['StatisticsView'];
export type Point = Schemas['StatisticsPoint'];
export type Bucket = 'day' | 'week' | 'month';

const DAY_MS = 86_400_000;

export const lengthOf = ({ from, to }: Period): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / DAY_MS) + 1;

/** As long, right before. */
export const periodBefore = (period: Period): Period => ({
  from: addDays(period.from, -lengthOf(period)),
  to: addDays(period.from, -1),
});

/** What can be read: at most about fifty points. */
export function bucketFor(period: Period): Bucket {
  const days = lengthOf(period);
  if (days <= 45) return 'day';
  return days <= 200 ? 'week' : 'month';
}

/** « +12 % », « −3 », or undefined where there is nothing to compare with. */
export function changeOf(
  now: number | null | undefined,
  before: number | null | undefined,
  tag: string,
): string | undefined {
  if (now === null || now === undefined || before === null || before === undefined || before === 0) return undefined;
  const share = (now - before) / before;
  return new Intl.NumberFormat(tag, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(
    share,
  );
}

const columns = [
  'from',
  'to',
  'consultations',
  'noShows',
  'cancelled',
  'income',
  'refunds',
  'ratings',
  'rating',
] as const;

/** Cells that a spreadsheet would run are told not to. Source: OWASP, « CSV Injection ». */
const cell = (value: string): string => {
  const harmless = /^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value;
  return /[;,"\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** What the charts show, one line a bucket, amounts in major units (RFC 4180, with a mark for spreadsheets). */
export function csvOf(series: readonly Point[], headings: Record<(typeof columns)[number], string>): string {
  const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  const money = (value: Point['income']) => (value ? `${majorOf(value.amount, value.currency)} ${value.currency}` : '');
  const rows = series.map((point) => [
    point.from,
    point.to,
    text(point.consultations),
    text(point.noShows),
    text(point.cancelled),
    money(point.income),
    money(point.refunds),
    text(point.rating?.count),
    text(point.rating?.average),
  ]);
  const lines = [columns.map((name) => headings[name]), ...rows].map((row) => row.map(cell).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
