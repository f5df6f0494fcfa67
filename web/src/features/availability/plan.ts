import { majorOf, parseAmount } from '../../lib/format';
import { DAY_END, DAY_START, endAsTyped, endOfTyped, type Span } from '../../lib/hours';
import { priceFault } from '../../lib/price';
import type { Availability } from '../../lib/profile';

export interface HoursForm {
  start: string;
  /** `00:00` ends the day, as in a time field. */
  end: string;
  slotMinutes: string;
  mode: string;
  price: string;
  currency: string;
}

/** Hours of each week. `key`: the same one while it is changed. */
export interface WeekRange extends HoursForm {
  key: string;
  weekday: string;
}

/** A stretch of dates with a week of its own; both days belong to it. */
export interface SeasonForm {
  key: string;
  name: string;
  from: string;
  to: string;
  weekly: WeekRange[];
}

export const absences = ['day', 'morning', 'afternoon', 'hours'] as const;
type Absence = (typeof absences)[number];

/** The plan as a form holds it: everything that is typed is text. */
export interface PlanForm {
  timeZone: string;
  weekly: WeekRange[];
  seasons: SeasonForm[];
  dates: (HoursForm & { key: string; date: string })[];
  exceptions: { key: string; date: string; part: Absence; start: string; end: string }[];
  bufferMinutes: string;
  minNoticeMinutes: string;
  horizonDays: string;
  autoAccept: boolean;
  payment: string;
  cancellation: { cutoffHours: string; tiers: { hoursBefore: string; refundPercent: string }[] };
}

const NOON = '12:00';
const halves: Record<'morning' | 'afternoon', Span> = { morning: [DAY_START, NOON], afternoon: [NOON, DAY_END] };

let added = 0;
/** Of a row that the published plan does not have. */
export const newKey = (): string => `new-${++added}`;

/** The same hours once more. */
export const copyOf = (week: readonly WeekRange[]): WeekRange[] => week.map((range) => ({ ...range, key: newKey() }));

const FIRST_CURRENCY = 'TND';

/** New hours: as the last ones are, else in the currency that the doctor's profile names. */
export const newHours = (last?: HoursForm, currency = FIRST_CURRENCY): HoursForm => ({
  start: '09:00',
  end: '12:00',
  slotMinutes: last?.slotMinutes ?? '30',
  mode: last?.mode ?? 'video',
  price: last?.price ?? '',
  currency: last?.currency ?? currency,
});

type Rule = Availability['weekly'][number] | Availability['dates'][number];
const hoursOf = ({ start, end, slotMinutes, mode, price }: Rule): HoursForm => ({
  start,
  end: endAsTyped(end),
  slotMinutes: String(slotMinutes),
  mode,
  price: majorOf(price.amount, price.currency),
  currency: price.currency,
});

/** @param name of the week, apart from those of others */
const rangesOf = (rules: Availability['weekly'], name: string): WeekRange[] =>
  rules.map((rule, index) => ({ ...hoursOf(rule), key: `${name}-${index}`, weekday: String(rule.weekday) }));

type Exception = Availability['exceptions'][number];
function absenceOf({ start, end }: Exception): Absence {
  if (start === undefined || end === undefined) return 'day';
  const half = (['morning', 'afternoon'] as const).find((each) => halves[each][0] === start && halves[each][1] === end);
  return half ?? 'hours';
}

export const formOf = (plan: Availability): PlanForm => ({
  timeZone: plan.timeZone,
  weekly: rangesOf(plan.weekly, 'weekly'),
  seasons: plan.seasons.map(({ weekly, ...season }, index) => ({
    ...season,
    key: `season-${index}`,
    weekly: rangesOf(weekly, `season-${index}`),
  })),
  dates: plan.dates.map((rule, index) => ({ ...hoursOf(rule), key: `date-${index}`, date: rule.date })),
  exceptions: plan.exceptions.map((exception, index) => ({
    key: `absence-${index}`,
    date: exception.date,
    part: absenceOf(exception),
    start: exception.start ?? '',
    end: endAsTyped(exception.end ?? ''),
  })),
  bufferMinutes: String(plan.bufferMinutes),
  minNoticeMinutes: String(plan.minNoticeMinutes),
  horizonDays: String(plan.horizonDays),
  autoAccept: plan.autoAccept,
  payment: plan.payment,
  cancellation: {
    cutoffHours: String(plan.cancellation.cutoffHours),
    tiers: plan.cancellation.tiers.map(({ hoursBefore, refundPercent }) => ({
      hoursBefore: String(hoursBefore),
      refundPercent: String(refundPercent),
    })),
  },
});

/** Every week of the plan: the usual one, then those of its seasons. */
export const weeksOf = ({ weekly, seasons }: Pick<PlanForm, 'weekly' | 'seasons'>) => [
  { season: undefined, week: weekly },
  ...seasons.map((season) => ({ season: season.key, week: season.weekly })),
];

/** A field left empty is left out, so that the server asks for it by name. */
const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
/** What is wrong with a price as typed; left empty, the server asks for it. */
export const faultOfPrice = ({ price, currency }: Pick<HoursForm, 'price' | 'currency'>, language: string) =>
  price.trim() === '' ? undefined : priceFault(price, currency, language);

export const priceOf = ({ price, currency }: HoursForm) => {
  const amount = parseAmount(price, currency);
  return amount === undefined ? undefined : { amount, currency };
};
const bodyOfHours = (hours: HoursForm) => ({
  start: hours.start || undefined,
  end: endOfTyped(hours.end) || undefined,
  slotMinutes: number(hours.slotMinutes),
  mode: hours.mode,
  price: priceOf(hours),
});

const bodyOfRange = (range: WeekRange) => ({ ...bodyOfHours(range), weekday: number(range.weekday) });

function awayFrom({ part, start, end }: PlanForm['exceptions'][number]): Span {
  if (part === 'day') return ['', ''];
  return part === 'hours' ? [start, endOfTyped(end)] : halves[part];
}

export const planOf = (form: PlanForm) => ({
  timeZone: form.timeZone,
  weekly: form.weekly.map(bodyOfRange),
  seasons: form.seasons.map(({ name, from, to, weekly }) => ({ name, from, to, weekly: weekly.map(bodyOfRange) })),
  dates: form.dates.map((rule) => ({ ...bodyOfHours(rule), date: rule.date || undefined })),
  exceptions: form.exceptions.map((absence) => {
    const [start, end] = awayFrom(absence);
    return { date: absence.date || undefined, start: start || undefined, end: end || undefined };
  }),
  bufferMinutes: number(form.bufferMinutes),
  minNoticeMinutes: number(form.minNoticeMinutes),
  horizonDays: number(form.horizonDays),
  autoAccept: form.autoAccept,
  payment: form.payment,
  cancellation: {
    cutoffHours: number(form.cancellation.cutoffHours),
    tiers: form.cancellation.tiers.map(({ hoursBefore, refundPercent }) => ({
      hoursBefore: number(hoursBefore),
      refundPercent: number(refundPercent),
    })),
  },
});

/** The policy as far as it is typed, to show it in words meanwhile. */
export const policyOf = ({ cutoffHours, tiers }: PlanForm['cancellation']) => ({
  cutoffHours: number(cutoffHours) || 0,
  tiers: tiers.map(({ hoursBefore, refundPercent }) => ({
    hoursBefore: number(hoursBefore) || 0,
    refundPercent: number(refundPercent) || 0,
  })),
});

/** `weekly.0.price.amount` is said at the price field of the first rule. */
export const fieldOf = (path: string): string => path.replace(/\.price\.(amount|currency)$/, '.price');
