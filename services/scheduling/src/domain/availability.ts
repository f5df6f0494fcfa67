import { Temporal } from 'temporal-polyfill';
import { type AvailabilityPlan, checkPlan, type Hours } from './availability-plan.js';
import { chargeable } from './price.js';
import { type Slot, slotId } from './slot.js';
import { DAY_MS, minutesAfter } from './values.js';

/** Twice the widest offset between a zone's calendar and UTC: a day either side is always enough. */
const MARGIN_DAYS = 1;

/** When and for how much a doctor can be booked. Immutable; what is booked already is no business of its. */
export class Availability {
  /** Slots by local day, worked out once: time zones are dear and one plan serves many requests. */
  private readonly byDay = new Map<string, readonly Slot[]>();

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
    return new Availability(doctorId, { ...plan, weekly: plan.weekly.map(priced), dates: plan.dates.map(priced) });
  }

  /**
   * Slots that start in [from, to), within notice and horizon as of `now`, by start; whether they are still free is
   * for the claims to say.
   */
  slots(from: Date, to: Date, now: Date): Slot[] {
    const earliest = Math.max(from.getTime(), minutesAfter(now, this.plan.minNoticeMinutes).getTime());
    const latest = Math.min(to.getTime(), now.getTime() + this.plan.horizonDays * DAY_MS);
    if (earliest >= latest) return [];
    const day = (at: number) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.plan.timeZone).toPlainDate();
    const slots: Slot[] = [];
    const last = day(latest).add({ days: MARGIN_DAYS });
    for (
      let date = day(earliest).subtract({ days: MARGIN_DAYS });
      Temporal.PlainDate.compare(date, last) <= 0;
      date = date.add({ days: 1 })
    ) {
      for (const slot of this.slotsOn(date)) {
        const start = slot.startsAt.getTime();
        if (start >= earliest && start < latest) slots.push(slot);
      }
    }
    return slots.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.endsAt.getTime() - b.endsAt.getTime());
  }

  /** The slot of that id if it is offered as of `now`, else undefined. */
  offered(id: string, startsAt: Date, now: Date): Slot | undefined {
    return this.slots(startsAt, minutesAfter(startsAt, 1), now).find((slot) => slotId(slot) === id);
  }

  private slotsOn(date: Temporal.PlainDate): readonly Slot[] {
    const key = date.toString();
    const known = this.byDay.get(key);
    if (known) return known;
    const { plan } = this;
    const hours: Hours[] = [
      ...plan.weekly.filter((rule) => rule.weekday === date.dayOfWeek),
      ...plan.dates.filter((rule) => rule.date === key),
    ];
    const away = plan.exceptions
      .filter((exception) => exception.date === key)
      .map((exception) => this.instants(date, exception.start ?? '00:00', exception.end ?? '24:00'));
    const slots = new Map<string, Slot>();
    for (const rule of hours) {
      for (const slot of this.cut(date, rule)) {
        const blocked = away.some(([start, end]) => slot.startsAt < end && slot.endsAt > start);
        if (!blocked) slots.set(slotId(slot), slot);
      }
    }
    const result = [...slots.values()];
    this.byDay.set(key, result);
    return result;
  }

  /** Cuts the hours of one day into slots in elapsed time, so that a clock change neither doubles nor bends one. */
  private *cut(date: Temporal.PlainDate, rule: Hours): Generator<Slot> {
    const { bufferMinutes } = this.plan;
    const [start, end] = this.instants(date, rule.start, rule.end);
    for (let startsAt = start; ; startsAt = minutesAfter(startsAt, rule.slotMinutes + bufferMinutes)) {
      const endsAt = minutesAfter(startsAt, rule.slotMinutes);
      if (endsAt > end) return;
      yield { doctorId: this.doctorId, startsAt, endsAt, mode: rule.mode, price: rule.price, bufferMinutes };
    }
  }

  private instants(date: Temporal.PlainDate, start: string, end: string): [Date, Date] {
    const at = (wall: string) => {
      const [day, time] = wall === '24:00' ? [date.add({ days: 1 }), '00:00'] : [date, wall];
      const zoned = day.toZonedDateTime({ timeZone: this.plan.timeZone, plainTime: Temporal.PlainTime.from(time) });
      return new Date(zoned.epochMilliseconds);
    };
    return [at(start), at(end)];
  }
}
