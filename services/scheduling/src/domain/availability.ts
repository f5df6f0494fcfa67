import { Temporal } from 'temporal-polyfill';
import { type AvailabilityPlan, checkPlan, hasHours } from './availability-plan.js';
import { type Cut, slotsOfDay } from './day-slots.js';
import type { Hours } from './hours.js';
import { chargeable } from './price.js';
import { weeksWithin } from './seasons.js';
import { type Slot, slotId } from './slot.js';
import { DAY_MS, minutesAfter, type Mode } from './values.js';

/** Of one plan: some two months of a usual one, a week of the densest. */
const SLOTS_KEPT = 1_600;

/** When and for how much a doctor can be booked. Immutable; what is booked already is no business of its. */
export class Availability {
  /** Slots by local day, last used last: one plan serves many requests, but must not fill the memory. */
  private readonly byDay = new Map<string, readonly Cut[]>();
  private kept = 0;

  private constructor(
    readonly doctorId: string,
    readonly plan: AvailabilityPlan,
  ) {}

  /** @throws InvalidAvailability naming each rule that cannot be */
  static publish(doctorId: string, plan: AvailabilityPlan): Availability {
    checkPlan(plan);
    return new Availability(doctorId, plan);
  }

  /** Prices of before they were checked are offered as what can be charged of them. */
  static restore(doctorId: string, plan: AvailabilityPlan): Availability {
    const priced = <T extends Hours>(rule: T): T => ({ ...rule, price: chargeable(rule.price) });
    return new Availability(doctorId, {
      ...plan,
      weekly: plan.weekly.map(priced),
      seasons: plan.seasons.map((season) => ({ ...season, weekly: season.weekly.map(priced) })),
      dates: plan.dates.map(priced),
    });
  }

  /**
   * Slots that start in [from, to), within notice and horizon as of `now`, by start, no two of which overlap; whether they
   * are still free is for the claims to say. Worked out day by day as they are asked for.
   */
  *slots(from: Date, to: Date, now: Date): Generator<Slot, undefined> {
    const earliest = Math.max(from.getTime(), minutesAfter(now, this.plan.minNoticeMinutes).getTime());
    const latest = Math.min(to.getTime(), now.getTime() + this.plan.horizonDays * DAY_MS);
    if (earliest >= latest || !hasHours(this.plan)) return;
    const last = this.dayOf(latest);
    for (let date = this.dayOf(earliest); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
      for (const cut of this.cutsOn(date)) if (cut.at >= earliest && cut.at < latest) yield this.slotOf(cut);
    }
  }

  /** The slot of that id if it is offered as of `now`, else undefined. */
  offered(id: string, startsAt: Date, now: Date): Slot | undefined {
    // No two start at the same time.
    const [slot] = this.slots(startsAt, minutesAfter(startsAt, 1), now);
    return slot && slotId(slot) === id ? slot : undefined;
  }

  /** How the doctor sees people in so many days from `now` on: by the weeks that stand then, and by all single dates. */
  modes(now: Date, days: number): Mode[] {
    const rules = [...weeksWithin(this.plan, this.dayOf(now.getTime()), days).flat(), ...this.plan.dates];
    return [...new Set(rules.map(({ mode }) => mode))].sort();
  }

  private dayOf(at: number): Temporal.PlainDate {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.plan.timeZone).toPlainDate();
  }

  private slotOf({ at, hours: { slotMinutes, mode, price } }: Cut): Slot {
    const startsAt = new Date(at);
    const { bufferMinutes } = this.plan;
    return {
      doctorId: this.doctorId,
      startsAt,
      endsAt: minutesAfter(startsAt, slotMinutes),
      mode,
      price,
      bufferMinutes,
    };
  }

  private cutsOn(date: Temporal.PlainDate): readonly Cut[] {
    const day = date.toString();
    const cuts = this.byDay.get(day) ?? slotsOfDay(this.plan, date);
    if (this.byDay.delete(day)) this.kept -= cuts.length + 1;
    this.byDay.set(day, cuts);
    this.kept += cuts.length + 1;
    for (const [oldest, { length }] of this.byDay) {
      if (this.kept <= SLOTS_KEPT) break;
      this.byDay.delete(oldest);
      this.kept -= length + 1;
    }
    return cuts;
  }
}
