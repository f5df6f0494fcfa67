export const buckets = ['day', 'week', 'month'] as const;
export type Bucket = (typeof buckets)[number];

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`: dates are counted as dates, whatever clocks do on them. */
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayAt = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

export const daysAfter = (day: string, days: number): string => dayAt(numberOf(day) + days);

/** How many days a period has, both ends included. */
export const lengthOf = (from: string, to: string): number => numberOf(to) - numberOf(from) + 1;

/** The same date `years` later; 29 February becomes 1 March where there is none. */
export const yearsAfter = (day: string, years: number): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return dayAt(Date.UTC(year + years, month - 1, date) / DAY_MS);
};

/** The calendar date at an IANA time zone. @throws RangeError for a zone that this machine does not know */
export const dayIn = (timeZone: string, instant: Date): string => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
};

/** Monday 0 … Sunday 6; 1970-01-01 was a Thursday. */
const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

/** First day of the bucket that the day is in; weeks are those of ISO 8601. */
export function startOf(bucket: Bucket, day: string): string {
  if (bucket === 'day') return day;
  if (bucket === 'month') return `${day.slice(0, 8)}01`;
  const number = numberOf(day);
  return dayAt(number - weekdayOf(number));
}

function endOf(bucket: Bucket, day: string): string {
  if (bucket === 'day') return day;
  if (bucket === 'week') return daysAfter(startOf('week', day), 6);
  const [year, month] = day.split('-').map(Number) as [number, number];
  return dayAt(Date.UTC(year, month, 0) / DAY_MS);
}

/** The period cut at the ends of its weeks or months: the first and the last piece may be partial. */
export function piecesOf(bucket: Bucket, from: string, to: string): { from: string; to: string }[] {
  const pieces: { from: string; to: string }[] = [];
  for (let start = from; start <= to;) {
    const end = endOf(bucket, start);
    pieces.push({ from: start, to: end < to ? end : to });
    start = daysAfter(end, 1);
  }
  return pieces;
}

/** Few enough points to read in one chart. */
export function bucketFor(from: string, to: string): Bucket {
  const days = lengthOf(from, to);
  if (days <= 62) return 'day';
  return days <= 366 ? 'week' : 'month';
}
