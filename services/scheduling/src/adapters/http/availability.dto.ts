import {
  Choice,
  Day,
  Flag,
  Instant,
  InstantOrDay,
  Money,
  Nested,
  NestedList,
  PersonName,
  Price,
  Text,
  TimeZone,
  WallTime,
  Whole,
} from '@medflow/service-kit';
import type { PaymentTiming } from '../../domain/appointment-state.js';
import { defaultPlan, MAX_BUFFER_MINUTES, MAX_HORIZON_DAYS } from '../../domain/availability-plan.js';
import { defaultCancellation } from '../../domain/cancellation-policy.js';
import { MAX_SEASONS } from '../../domain/seasons.js';
import type { Mode } from '../../domain/values.js';

export const modes = ['video', 'in-person'] as const;

class HoursBody {
  @WallTime({ example: '09:00' }) start!: string;
  @WallTime({ example: '12:00' }) end!: string;
  @Whole({ min: 5, max: 480, multipleOf: 5, example: 30 }) slotMinutes!: number;
  @Choice(modes) mode!: Mode;
  @Nested(() => Price) price!: Price;
}

export class WeeklyHoursBody extends HoursBody {
  @Whole({ min: 1, max: 7, description: 'Monday 1 … Sunday 7' }) weekday!: number;
}

export class SeasonBody {
  /** By the rule of people's names: a letter, and nothing that is not seen. */
  @PersonName({ max: 60, example: 'Ramadan' }) name!: string;
  @Day({ example: '2027-02-08' }) from!: string;
  @Day({ example: '2027-03-08', description: 'Its last day; at most a year after the first' }) to!: string;
  @NestedList(() => WeeklyHoursBody, { max: 200, description: 'Empty: closed for the season' })
  weekly!: WeeklyHoursBody[];
}

export class DatedHoursBody extends HoursBody {
  @Day({ example: '2026-12-01' }) date!: string;
}

export class ExceptionBody {
  @Day({ example: '2026-12-25' }) date!: string;
  @WallTime({ optional: true, example: '09:00' }) start?: string;
  @WallTime({ optional: true, example: '12:00' }) end?: string;
}

const timings = ['at-booking', 'after-acceptance'] as const;

export class RefundTierBody {
  @Whole({ min: 0, max: 720, description: 'Hours before the start; below cutoffHours' }) hoursBefore!: number;
  @Whole({ min: 0, max: 100 }) refundPercent!: number;
}

/** What a patient who cancels gets back: all until the cut-off, then by the tier that is still met, else nothing. */
export class CancellationPolicyBody {
  @Whole({ min: 0, max: 720, optional: true, description: 'Hours before the start; default 24' })
  cutoffHours: number = defaultCancellation.cutoffHours;
  @NestedList(() => RefundTierBody, { optional: true, max: 5 })
  tiers: RefundTierBody[] = defaultCancellation.tiers.map((tier) => Object.assign(new RefundTierBody(), tier));
}

export class CancellationPolicyView {
  @Whole({ min: 0, max: 720 }) cutoffHours!: number;
  @NestedList(() => RefundTierBody, { max: 5 }) tiers!: RefundTierBody[];
}

export class AvailabilityBody {
  @TimeZone({ optional: true }) timeZone: string = defaultPlan.timeZone;
  @NestedList(() => WeeklyHoursBody, { optional: true, max: 200 }) weekly: WeeklyHoursBody[] = [];
  @NestedList(() => SeasonBody, {
    optional: true,
    max: MAX_SEASONS,
    description: 'Weeks that stand instead of `weekly` for some dates, of which no two seasons share any; default none',
  })
  seasons: SeasonBody[] = [];
  @NestedList(() => DatedHoursBody, { optional: true, max: 400 }) dates: DatedHoursBody[] = [];
  @NestedList(() => ExceptionBody, { optional: true, max: 400 }) exceptions: ExceptionBody[] = [];
  @Whole({ min: 0, max: MAX_BUFFER_MINUTES, multipleOf: 5, optional: true }) bufferMinutes: number =
    defaultPlan.bufferMinutes;
  @Whole({ min: 0, max: 10080, optional: true }) minNoticeMinutes: number = defaultPlan.minNoticeMinutes;
  @Whole({ min: 1, max: MAX_HORIZON_DAYS, optional: true }) horizonDays: number = defaultPlan.horizonDays;
  @Flag({ optional: true }) autoAccept: boolean = defaultPlan.autoAccept;
  @Choice(timings, { optional: true, description: 'at-booking: a slot is held until it is paid' })
  payment: PaymentTiming = defaultPlan.payment;
  @Nested(() => CancellationPolicyBody, { optional: true }) cancellation: CancellationPolicyBody =
    new CancellationPolicyBody();
  @Whole({ min: 0, max: 1_000_000_000, optional: true, description: 'Ignored: as GET answered it' }) version?: number;
}

export class AvailabilityView {
  @TimeZone() timeZone!: string;
  @NestedList(() => WeeklyHoursBody) weekly!: WeeklyHoursBody[];
  @NestedList(() => SeasonBody, { max: MAX_SEASONS }) seasons!: SeasonBody[];
  @NestedList(() => DatedHoursBody) dates!: DatedHoursBody[];
  @NestedList(() => ExceptionBody) exceptions!: ExceptionBody[];
  @Whole({ min: 0, max: MAX_BUFFER_MINUTES }) bufferMinutes!: number;
  @Whole({ min: 0, max: 10080 }) minNoticeMinutes!: number;
  @Whole({ min: 1, max: MAX_HORIZON_DAYS }) horizonDays!: number;
  @Flag() autoAccept!: boolean;
  @Choice(timings) payment!: PaymentTiming;
  @Nested(() => CancellationPolicyView) cancellation!: CancellationPolicyView;
  @Whole({ min: 0, max: 1_000_000_000 }) version!: number;
}

/** A page of so many weighs less than 100 kB. */
export const MAX_SLOTS = 400;
export const DEFAULT_SLOTS = 100;

export class SlotsQuery {
  @InstantOrDay({ optional: true, description: 'Default now' }) from?: string;
  @InstantOrDay({ optional: true, description: 'Default 7 days after from; at most 62 days are answered' }) to?: string;
  @Whole({
    min: 1,
    max: MAX_SLOTS,
    optional: true,
    query: true,
    default: DEFAULT_SLOTS,
    description:
      'More than in other lists: a page shows a week or a month at once. A page may hold fewer and have a next',
  })
  limit?: number;
  @Text({ max: 512, optional: true, description: 'nextCursor of the page before, with the same from and to' })
  cursor?: string;
}

export class SlotView {
  @Text({ max: 200 }) id!: string;
  @Instant() startsAt!: string;
  @Instant() endsAt!: string;
  @Choice(modes) mode!: Mode;
  @Nested(() => Money) price!: Money;
}

class TermsView {
  @Choice(timings) payment!: PaymentTiming;
  @Flag() autoAccept!: boolean;
  @Nested(() => CancellationPolicyView) cancellation!: CancellationPolicyView;
}

export class SlotList {
  @Nested(() => TermsView) terms!: TermsView;
  @Instant({ description: 'No slot is offered from then on, as of now: the horizon' }) bookableUntil!: string;
  @NestedList(() => SlotView, { max: MAX_SLOTS }) items!: SlotView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}
