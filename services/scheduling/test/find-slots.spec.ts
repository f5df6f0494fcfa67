import { describe, expect, it } from '@jest/globals';
import { FindSlotsHandler } from '../src/application/find-slots.js';
import { Claims } from '../src/domain/appointments.js';
import { type AvailabilityPlan, defaultPlan } from '../src/domain/availability-plan.js';
import { Availability } from '../src/domain/availability.js';
import { ticksBetween } from '../src/domain/ticks.js';
import { minutesAfter } from '../src/domain/values.js';
import { InMemoryDoctors } from './in-memory/doctors.js';
import { MovedClock } from './in-memory/time.js';

/** A Monday. */
const now = new Date('2026-11-23T00:00:00Z');
const inDays = (days: number) => minutesAfter(now, days * 1440);
const price = { amount: 60_000, currency: 'TND' };
const everyDay = (slotMinutes: number, start = '00:00') =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    start,
    end: '24:00',
    slotMinutes,
    mode: 'video' as const,
    price,
  }));
const plan = (over: Partial<AvailabilityPlan>): AvailabilityPlan => ({
  ...defaultPlan,
  timeZone: 'UTC',
  minNoticeMinutes: 0,
  horizonDays: 365,
  ...over,
});

/** The doctor's time is taken until then; nobody else's is. */
class TakenUntil extends Claims {
  readonly asked: [from: Date, to: Date][] = [];

  constructor(private readonly until: Date = now) {
    super();
  }

  async ofDoctor(_: string, from: Date, to: Date): Promise<ReadonlySet<number>> {
    this.asked.push([from, to]);
    return new Set(ticksBetween(from, to < this.until ? to : this.until));
  }

  bookedOf(doctorId: string, from: Date, to: Date): Promise<ReadonlySet<number>> {
    return this.ofDoctor(doctorId, from, to);
  }

  dropLapsedReservations(): never {
    throw new Error('nobody reserves here');
  }

  async ofPatient(): Promise<ReadonlySet<number>> {
    return new Set();
  }

  inTheWayOf(): never {
    throw new Error('nobody books here');
  }

  holdPlacesOf(): never {
    throw new Error('nobody holds here');
  }
}

async function doctorWith(weekly: AvailabilityPlan['weekly'], claims = new TakenUntil()) {
  const doctors = new InMemoryDoctors();
  await doctors.show({ id: 'd1', firstName: 'Karim', lastName: 'Trabelsi', specializations: [], city: 'Tunis' }, 1);
  await doctors.publishAvailability('d1', plan({ weekly }), undefined);
  return { claims, find: new FindSlotsHandler(doctors, claims, new MovedClock(now)) };
}

describe('free slots', () => {
  it('come in pages, by start, each once, with one question about claims for each page', async () => {
    const { find, claims } = await doctorWith(everyDay(30));
    const seen: number[] = [];
    let pages = 0;
    for (let after: Date | undefined; ; pages += 1) {
      const page = await find.execute({ doctorId: 'd1', to: inDays(7), limit: 50, ...(after && { after }) });
      expect(page.slots.length).toBeLessThanOrEqual(50);
      seen.push(...page.slots.map(({ startsAt }) => startsAt.getTime()));
      if (!page.next) break;
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 7 * 48 }, (_, n) => minutesAfter(now, n * 30).getTime()));
    expect(claims.asked).toHaveLength(pages + 1);
  });

  it('of who is nearly booked up are looked for so far, and then on the next page', async () => {
    const { find } = await doctorWith(everyDay(5), new TakenUntil(inDays(6)));
    const first = await find.execute({ doctorId: 'd1', to: inDays(62), limit: 100 });
    // 1,100 slots of five minutes are some four days.
    expect([first.slots, first.next]).toEqual([[], minutesAfter(now, 1_100 * 5)]);
    const second = await find.execute({ doctorId: 'd1', to: inDays(62), limit: 100, after: first.next! });
    expect(second.slots).toHaveLength(100);
    expect(second.slots[0]!.startsAt).toEqual(inDays(6));
  });

  it('begin at the start of the period also where the page would begin before', async () => {
    const { find } = await doctorWith(everyDay(30));
    const { slots } = await find.execute({ doctorId: 'd1', from: inDays(2), limit: 1, after: inDays(1) });
    expect(slots[0]!.startsAt).toEqual(inDays(2));
  });

  it('are told to the directory as one for each day, however many there are', async () => {
    const { find, claims } = await doctorWith(everyDay(5), new TakenUntil(inDays(1.5)));
    const availability = Availability.restore('d1', plan({ weekly: everyDay(5) }));
    const days = await find.firstOfDays(availability, now, inDays(60), now);
    expect(days.size).toBe(59);
    expect([...days.entries()][0]).toEqual(['2026-11-24', expect.objectContaining({ startsAt: inDays(1.5) })]);
    expect(claims.asked).toHaveLength(1);
  });

  it('are offered to who lost one as the nearest of them, before and after', async () => {
    const { find } = await doctorWith(everyDay(30));
    const availability = Availability.restore('d1', plan({ weekly: everyDay(30) }));
    const wanted = inDays(3);
    const found = await find.alternatives(availability, 'p1', wanted, now);
    const minutes = found.map(({ startsAt }) => (startsAt.getTime() - wanted.getTime()) / 60_000);
    expect(minutes.sort((a, b) => a - b)).toEqual([-60, -30, 0, 30, 60]);
  });
});
