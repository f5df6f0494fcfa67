import { type Bucket, piecesOf, startOf } from './calendar.js';
import type { BillingFigures, FeedbackFigures, SchedulingFigures } from './answers.js';
import type { StatisticsView } from './statistics.dto.js';

/** Figures by local day, as each service tells them; null where it does not answer. */
export interface Figures {
  scheduling: SchedulingFigures | null;
  billing: BillingFigures | null;
  feedback: FeedbackFigures | null;
}

export interface Period {
  from: string;
  to: string;
  bucket: Bucket;
}

type Counts<Name extends string> = Record<Name, number>;

const schedulingNames = ['consultations', 'noShows', 'cancelled'] as const;
const billingNames = ['income', 'refunds', 'fees'] as const;
const feedbackNames = ['count', 'stars'] as const;

const none = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Counts<Name>;

function add<Name extends string>(sums: Counts<Name>, row: Counts<Name>, names: readonly Name[]): void {
  for (const name of names) sums[name] += row[name];
}

/** Sums by the first day of each piece of the period, and of all of it. */
class Sums<Name extends string> {
  readonly total: Counts<Name>;
  private readonly pieces = new Map<string, Counts<Name>>();

  constructor(
    rows: readonly (Counts<Name> & { day: string })[],
    private readonly names: readonly Name[],
    { from, to, bucket }: Period,
  ) {
    this.total = none(names);
    for (const row of rows) {
      if (row.day < from || row.day > to) continue;
      const start = startOf(bucket, row.day);
      const piece = start < from ? from : start;
      const sums = this.pieces.get(piece) ?? none(names);
      add(sums, row, names);
      add(this.total, row, names);
      this.pieces.set(piece, sums);
    }
  }

  of(piece: string): Counts<Name> {
    return this.pieces.get(piece) ?? none(this.names);
  }
}

const unknown = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>;

const chosen = ({ consultations, noShows, cancelled }: Counts<(typeof schedulingNames)[number]>) => ({
  consultations,
  noShows,
  cancelled,
});

const moneyOf = (sums: Counts<(typeof billingNames)[number]>, currency: string) => ({
  income: { amount: sums.income, currency },
  refunds: { amount: sums.refunds, currency },
  fees: { amount: sums.fees, currency },
});

/** Mean of the stars to two decimals; null where nobody rated. */
const ratingOf = ({ count, stars }: Counts<(typeof feedbackNames)[number]>) => ({
  average: count === 0 ? null : Math.round((stars / count) * 100) / 100,
  count,
});

/** What a doctor's days come to: the whole period and each piece of it. What a service did not tell is null. */
export function compose(
  period: Period,
  { scheduling, billing, feedback }: Figures,
): Omit<StatisticsView, 'unavailable'> {
  const visits = scheduling && new Sums(scheduling.days, schedulingNames, period);
  const money = billing && new Sums(billing.days, billingNames, period);
  const ratings = feedback && new Sums(feedback.days, feedbackNames, period);
  const figuresOf = (piece: string | undefined) => ({
    ...(visits ? chosen(piece === undefined ? visits.total : visits.of(piece)) : unknown(schedulingNames)),
    ...(money
      ? moneyOf(piece === undefined ? money.total : money.of(piece), billing!.currency)
      : unknown(billingNames)),
    rating: ratings ? ratingOf(piece === undefined ? ratings.total : ratings.of(piece)) : null,
  });
  const { from, to, bucket } = period;
  return {
    from,
    to,
    bucket,
    timeZone: scheduling?.timeZone ?? null,
    ...figuresOf(undefined),
    series: piecesOf(bucket, from, to).map((piece) => ({ ...piece, ...figuresOf(piece.from) })),
  };
}
