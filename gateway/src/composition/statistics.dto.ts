import { ApiProperty } from '@nestjs/swagger';
import { Choice, currencies, Day, Nested, NestedList, TextList, TimeZone, Whole } from '@medflow/service-kit';
import { type Bucket, buckets } from './calendar.js';

const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER, nullable: true } as const;
const SERIES_MAX = 1_500;

export class StatisticsQuery {
  @Day({ optional: true, description: 'First local day of the doctor; default: 30 days up to `to`' }) from?: string;
  @Day({ optional: true, description: 'Last local day, included; default today' }) to?: string;
  @Choice(buckets, {
    optional: true,
    description: 'Weeks begin on Monday; default by length. By day at most 3 years, else at most 20',
  })
  bucket?: Bucket;
}

/** Of many payments; below zero where more went back than came. */
export class MoneySum {
  @Whole({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }) amount!: number;
  @Choice(currencies) currency!: string;
}

class PeriodRating {
  @ApiProperty({ type: 'number', nullable: true, minimum: 1, maximum: 5, description: 'Null where nobody rated' })
  average!: number | null;
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER }) count!: number;
}

/** Null: the service that knows it is down. */
class PeriodFigures {
  @Day() from!: string;
  @Day({ description: 'Included' }) to!: string;
  @Whole({ ...COUNT, description: 'Completed, by the day they were to begin' }) consultations!: number | null;
  @Whole(COUNT) noShows!: number | null;
  @Whole(COUNT) cancelled!: number | null;
  @Nested(() => MoneySum, { nullable: true }) income!: MoneySum | null;
  @Nested(() => MoneySum, { nullable: true }) refunds!: MoneySum | null;
  @Nested(() => MoneySum, { nullable: true }) fees!: MoneySum | null;
  @Nested(() => PeriodRating, { nullable: true }) rating!: PeriodRating | null;
}

export class StatisticsPoint extends PeriodFigures {}

export class StatisticsView extends PeriodFigures {
  @Choice(buckets) bucket!: Bucket;
  @TimeZone({ nullable: true, description: 'Of the days' }) timeZone!: string | null;
  @NestedList(() => StatisticsPoint, { max: SERIES_MAX }) series!: StatisticsPoint[];
  @TextList({ max: 10, length: 40, description: 'Services that did not answer: what they know is null' })
  unavailable!: string[];
}
