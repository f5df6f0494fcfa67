import { Injectable } from '@nestjs/common';
import { type FieldFault, ValidationFailed } from '@medflow/service-kit';
import { billingFigures, feedbackFigures, schedulingFigures } from './answers.js';
import { bucketFor, dayIn, daysAfter, yearsAfter } from './calendar.js';
import { compose, type Figures, type Period } from './statistics.js';
import type { StatisticsQuery, StatisticsView } from './statistics.dto.js';
import { type Caller, type Parts, Upstreams } from './upstreams.js';

const DEFAULT_DAYS = 30;
const MAX_YEARS = { day: 3, week: 20, month: 20 } as const;
/** Nobody has consulted here before, nor will after. */
const EARLIEST = '2000-01-01';
const LATEST = '2199-12-31';
/** Where the doctor is taken to be while scheduling, which knows, is down. */
const UNKNOWN_ZONE = 'UTC';

export type Statistics = Omit<StatisticsView, 'unavailable'>;

/** What the caller left open, as of the doctor's `today`. */
function periodOf(query: StatisticsQuery, today: string): Period {
  const { to = query.from !== undefined && query.from > today ? query.from : today } = query;
  const { from = daysAfter(to, 1 - DEFAULT_DAYS) } = query;
  const { bucket = bucketFor(from, to) } = query;
  return { from, to, bucket };
}

/** @throws ValidationFailed */
function check(query: StatisticsQuery, today: string): void {
  const faults: FieldFault[] = [];
  for (const field of ['from', 'to'] as const) {
    const day = query[field];
    if (day !== undefined && day < EARLIEST) faults.push({ field, code: 'too-small', parameters: { min: EARLIEST } });
    if (day !== undefined && day > LATEST) faults.push({ field, code: 'too-large', parameters: { max: LATEST } });
  }
  if (query.from !== undefined && query.to !== undefined && query.to < query.from)
    faults.push({ field: 'to', code: 'from-after-to' });
  if (faults.length > 0) throw new ValidationFailed(faults);
  const { from, to, bucket } = periodOf(query, today);
  const years = MAX_YEARS[bucket];
  if (to > yearsAfter(from, years))
    throw new ValidationFailed([{ field: 'from', code: 'period-too-long', parameters: { years } }]);
}

@Injectable()
export class ReadStatistics {
  constructor(private readonly upstreams: Upstreams) {}

  /** @throws ValidationFailed */
  async execute(caller: Caller, query: StatisticsQuery): Promise<StatisticsView> {
    const parts = this.upstreams.partsFor(caller);
    const statistics = await this.of(parts, caller.id, query);
    return { ...statistics, unavailable: parts.unavailable };
  }

  /** @throws ValidationFailed */
  async of(parts: Parts, doctorId: string, query: StatisticsQuery): Promise<Statistics> {
    const now = new Date();
    const today = dayIn('UTC', now);
    check(query, today);
    // Which day it is at the doctor's, scheduling tells in its answer: so a day more on either side is asked for.
    const { from } = periodOf(query, daysAfter(today, -1));
    const { to } = periodOf(query, daysAfter(today, 1));
    const figures = await this.figures(parts, doctorId, from, to);
    return compose(periodOf(query, dayIn(figures.scheduling?.timeZone ?? UNKNOWN_ZONE, now)), figures);
  }

  private async figures(parts: Parts, doctorId: string, from: string, to: string): Promise<Figures> {
    const path = `/internal/figures/doctors/${encodeURIComponent(doctorId)}?from=${from}&to=${to}`;
    const [scheduling, billing, feedback] = await Promise.all([
      parts.of('scheduling', path, schedulingFigures),
      parts.of('billing', path, billingFigures),
      parts.of('feedback', path, feedbackFigures),
    ]);
    return { scheduling, billing, feedback };
  }
}
