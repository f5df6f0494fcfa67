import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { LRUCache } from 'lru-cache';
import type { Model, QueryFilter } from 'mongoose';
import { type AppointmentFilter, AppointmentLists, type AppointmentPage } from '../../domain/appointment-lists.js';
import type { AppointmentState, Side, Status } from '../../domain/appointment-state.js';
import { MAX_HORIZON_DAYS } from '../../domain/availability-plan.js';
import { Clock } from '../../domain/ports.js';
import { minutesAfter } from '../../domain/values.js';
import { type Reading, readInWindows, type Window } from './growing-windows.js';
import { ANNOUNCED, toState } from './mongo-appointments.js';
import { AppointmentRecord } from './schemas.js';

type Filter = QueryFilter<AppointmentRecord>;

/** Over once it has begun: what is left a day later is about to be swept away. */
const OVER_ONCE_BEGUN: readonly Status[] = ['held', 'requested'];

const REACHES_KEPT = 10_000;
const A_DAY = 24 * 60;

/** When an account was made, as its id tells (UUIDv7, RFC 9562): nobody had a visit before. */
export function madeAt(accountId: string): Date | undefined {
  const [, high, low] = /^([\da-f]{8})-([\da-f]{4})-7/.exec(accountId) ?? [];
  return high && low ? new Date(parseInt(high + low, 16)) : undefined;
}

/**
 * SecantusDB reads and sorts all that matches, whatever the limit: so it is asked for a window of time after the other. How
 * far one had to look is remembered by kind of list, and most lists are read with one question.
 */
@Injectable()
export class MongoAppointmentLists extends AppointmentLists {
  private readonly reaches = new LRUCache<string, number>({ max: REACHES_KEPT });

  constructor(
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    private readonly clock: Clock,
  ) {
    super();
  }

  async page(
    side: Side,
    accountId: string,
    filter: AppointmentFilter,
    page: AppointmentPage,
  ): Promise<AppointmentState[]> {
    const { order, limit, after } = page;
    const { statuses, patientId, from, to } = filter;
    const kind = [side, accountId, patientId, statuses, order, limit, !after, !from, !to].join('|');
    const { found, reach } = await readInWindows(
      this.readingOf(accountId, filter, page, this.reaches.get(kind)),
      (window, count) => this.within(window, count, side, accountId, filter, page),
      ({ startsAt }) => startsAt,
    );
    this.reaches.set(kind, reach);
    return found.map(toState);
  }

  private readingOf(
    accountId: string,
    { from, to, statuses }: AppointmentFilter,
    { order, limit, after }: AppointmentPage,
    reach: number | undefined,
  ): Reading {
    const now = this.clock.now();
    const lasts = statuses && statuses.every((status) => OVER_ONCE_BEGUN.includes(status));
    const bounds: { from: Date | undefined; to: Date | undefined } = { from, to };
    if (lasts) bounds.from = later(from, minutesAfter(now, -A_DAY));
    // Included, since others may start with the last one seen.
    if (after && order === 'asc') bounds.from = later(bounds.from, after.startsAt);
    if (after && order === 'desc') bounds.to = earlier(bounds.to, new Date(after.startsAt.getTime() + 1));
    return {
      order,
      count: limit + 1,
      ...(bounds.from && { from: bounds.from }),
      ...(bounds.to && { to: bounds.to }),
      earliest: madeAt(accountId),
      now,
      latest: minutesAfter(now, (MAX_HORIZON_DAYS + 1) * A_DAY),
      reach,
    };
  }

  private within(
    { from, to }: Window,
    count: number,
    side: Side,
    accountId: string,
    { statuses, patientId }: AppointmentFilter,
    { order, after }: AppointmentPage,
  ): Promise<AppointmentRecord[]> {
    const starts = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
    const range = (whose: string, id: string): Filter => ({
      [`${whose}.id`]: id,
      ...(Object.keys(starts).length > 0 && { startsAt: starts }),
    });
    // Of the two it is the patient who has few.
    const conditions: Filter[] =
      patientId === undefined ? [range(side, accountId)] : [range('patient', patientId), { [`${side}.id`]: accountId }];
    if (side === 'doctor') conditions.push(ANNOUNCED);
    if (statuses) conditions.push({ status: { $in: [...statuses] } });
    const [direction, beyond] = order === 'asc' ? ([1, '$gt'] as const) : ([-1, '$lt'] as const);
    if (after) {
      const { startsAt, id } = after;
      conditions.push({ $or: [{ startsAt: { [beyond]: startsAt } }, { startsAt, _id: { [beyond]: id } }] });
    }
    // A stage each: MongoDB makes one of them all, SecantusDB uses its index for the first and for no `$and`.
    return this.appointments.collection
      .aggregate<AppointmentRecord>([
        ...conditions.map((condition) => ({ $match: condition })),
        { $sort: { startsAt: direction, _id: direction } },
        { $limit: count },
      ])
      .toArray();
  }
}

const later = (a: Date | undefined, b: Date): Date => (a && a > b ? a : b);
const earlier = (a: Date | undefined, b: Date): Date => (a && a < b ? a : b);
