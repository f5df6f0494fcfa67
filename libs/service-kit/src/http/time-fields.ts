import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { type Decorator, fault, field, matching, type Presence } from './field.js';
import { dayOf, FIRST_TIME, isDay, isInstant, LAST_TIME } from './times.js';

/** Of what is a day or an instant: within the years that there are for us, told with the first and the last day. */
const withinReach = [
  ValidateBy(
    { name: 'notBefore', validator: { validate: (value) => !(Date.parse(value) < FIRST_TIME) } },
    fault('too-small', { min: dayOf(FIRST_TIME) }),
  ),
  ValidateBy(
    { name: 'notAfter', validator: { validate: (value) => !(Date.parse(value) > LAST_TIME) } },
    fault('too-large', { max: dayOf(LAST_TIME) }),
  ),
];

/** RFC 3339 instant, with an offset, in the years 1900 to 2999 (UTC). */
export const Instant = (options: Presence = {}): Decorator =>
  field({ type: 'string', format: 'date-time' }, options, [
    matching('instant', 'invalid-instant', isInstant),
    ...withinReach,
  ]);

/** Calendar date `YYYY-MM-DD` that exists, in the years 1900 to 2999. */
export const Day = (options: Presence = {}): Decorator =>
  field({ type: 'string', format: 'date' }, options, [matching('day', 'invalid-date', isDay), ...withinReach]);

const PARTIAL_DAY = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/;

/** As much of a date as is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, in the years 1900 to 2999. */
export const PartialDay = (options: Presence = {}): Decorator =>
  field({ type: 'string', pattern: PARTIAL_DAY.source, example: '2019-03' }, options, [
    matching(
      'partialDay',
      'invalid-date',
      (value) => PARTIAL_DAY.test(value) && (value.length < 10 || isDay(value)) && value >= '1900' && value < '3000',
    ),
  ]);

/** An instant or a date, as above. */
export const InstantOrDay = (options: Presence = {}): Decorator =>
  field(
    {
      anyOf: [
        { type: 'string', format: 'date-time' },
        { type: 'string', format: 'date' },
      ],
    } as ApiPropertyOptions,
    options,
    [matching('instantOrDay', 'invalid-instant', (value) => isInstant(value) || isDay(value)), ...withinReach],
  );

const WALL_TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Wall time `HH:mm`; `24:00` is the end of the day. */
export const WallTime = (options: Presence = {}): Decorator =>
  field({ type: 'string', pattern: WALL_TIME.source }, options, [
    matching('wallTime', 'invalid-time', (value) => WALL_TIME.test(value)),
  ]);

const isTimeZone = (value: string) => {
  try {
    // Offsets such as +01:00 are accepted by Intl but say nothing about daylight saving.
    return /^[A-Za-z]/.test(value) && Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
};

/** IANA time zone name that this machine knows. */
export const TimeZone = (options: Presence = {}): Decorator =>
  field({ type: 'string', maxLength: 64, pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$', example: 'Africa/Tunis' }, options, [
    matching('timeZone', 'invalid-time-zone', isTimeZone),
  ]);
