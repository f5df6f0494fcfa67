import { majorOf, parseAmount } from '../../lib/format';
import type { Availability } from '../../lib/profile';

interface Hours {
  start: string;
  end: string;
  slotMinutes: string;
  mode: string;
  price: string;
  currency: string;
}

/** The plan as a form holds it: everything that is typed is text. */
export interface PlanForm {
  timeZone: string;
  weekly: (Hours & { weekday: string })[];
  dates: (Hours & { date: string })[];
  exceptions: { date: string; start: string; end: string }[];
  bufferMinutes: string;
  minNoticeMinutes: string;
  horizonDays: string;
  autoAccept: boolean;
  payment: string;
  cancellation: { cutoffHours: string; tiers: { hoursBefore: string; refundPercent: string }[] };
}

const FIRST_CURRENCY = 'TND';

/** A new range: of the price and currency of the last one, else in the currency that the doctor's profile names. */
export const newHours = (last?: Pick<Hours, 'price' | 'currency'>, currency = FIRST_CURRENCY): Hours => ({
  start: '09:00',
  end: '12:00',
  slotMinutes: '30',
  mode: 'video',
  price: last?.price ?? '',
  currency: last?.currency ?? currency,
});

type Rule = Availability['weekly'][number] | Availability['dates'][number];
const hoursOf = ({ start, end, slotMinutes, mode, price }: Rule): Hours => ({
  start,
  end,
  slotMinutes: String(slotMinutes),
  mode,
  price: majorOf(price.amount, price.currency),
  currency: price.currency,
});

export const formOf = (plan: Availability): PlanForm => ({
  timeZone: plan.timeZone,
  weekly: plan.weekly.map((rule) => ({ ...hoursOf(rule), weekday: String(rule.weekday) })),
  dates: plan.dates.map((rule) => ({ ...hoursOf(rule), date: rule.date })),
  exceptions: plan.exceptions.map(({ date, start = '', end = '' }) => ({ date, start, end })),
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

/** A field left empty is left out, so that the server asks for it by name. */
const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
const priceOf = ({ price, currency }: Hours) => {
  const amount = parseAmount(price, currency);
  return amount === undefined ? undefined : { amount, currency };
};
const bodyOfHours = (hours: Hours) => ({
  start: hours.start || undefined,
  end: hours.end || undefined,
  slotMinutes: number(hours.slotMinutes),
  mode: hours.mode,
  price: priceOf(hours),
});

export const planOf = (form: PlanForm) => ({
  timeZone: form.timeZone,
  weekly: form.weekly.map((rule) => ({ ...bodyOfHours(rule), weekday: number(rule.weekday) })),
  dates: form.dates.map((rule) => ({ ...bodyOfHours(rule), date: rule.date || undefined })),
  exceptions: form.exceptions.map(({ date, start, end }) => ({
    date: date || undefined,
    start: start || undefined,
    end: end || undefined,
  })),
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
