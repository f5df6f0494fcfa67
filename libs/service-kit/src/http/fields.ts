import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { dayOf, FIRST_TIME, isDay, isInstant, LAST_TIME } from './times.js';

/**
 * One decorator per kind of field gives the check at the edge and the schema in the OpenAPI document, so that the two
 * cannot differ. Each failed check carries a code and its numbers for the message catalogue.
 */
export interface Presence {
  /** May be left out. */
  optional?: boolean;
  /** May be `null`, which clears it. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
}

type Decorator = PropertyDecorator;

/** The code and its numbers travel as the message: class-validator drops the context of synchronous custom checks. */
const fault = (code: string, parameters: object = {}, each = false): ValidationOptions => ({
  message: JSON.stringify({ code, ...parameters }),
  each,
});

const present = ValidateBy(
  { name: 'present', validator: { validate: (value) => value !== undefined && value !== null && value !== '' } },
  fault('required'),
);

function field(schema: ApiPropertyOptions, presence: Presence, checks: Decorator[]): Decorator {
  const { optional = false, nullable = false, description, example } = presence;
  const skipped = (value: unknown) => (optional && value === undefined) || (nullable && value === null);
  return applyDecorators(
    ApiProperty({ ...schema, required: !optional, nullable, description, example } as ApiPropertyOptions),
    ...(optional || nullable ? [ValidateIf((_, value) => !skipped(value))] : []),
    ...(nullable || optional ? [] : [present]),
    ...checks,
  );
}

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);
const Trimmed = Transform(({ value }) => (Array.isArray(value) ? value.map(trimmed) : trimmed(value)));

/** Control characters never belong in what people type on one line; they carry header and terminal injections. */
const SINGLE_LINE = /^[^\u0000-\u001f\u007f]*$/;
const MULTI_LINE = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

const isText = (options: ValidationOptions) =>
  ValidateBy({ name: 'text', validator: { validate: (value) => typeof value === 'string' } }, options);

interface TextOptions extends Presence {
  min?: number;
  max: number;
  multiline?: boolean;
  pattern?: RegExp;
  /** Passwords are taken as typed. */
  verbatim?: boolean;
  format?: string;
}

/** A string of `min` (1) to `max` UTF-16 units, trimmed unless `verbatim`. */
export function Text(options: TextOptions): Decorator {
  const {
    min = 1,
    max,
    multiline = false,
    pattern = multiline ? MULTI_LINE : SINGLE_LINE,
    verbatim = false,
    format,
  } = options;
  return field({ type: 'string', minLength: min, maxLength: max, pattern: pattern.source, format }, options, [
    ...(verbatim ? [] : [Trimmed]),
    isText(fault('invalid')),
    MinLength(min, fault(min === 1 ? 'required' : 'too-short', { min })),
    MaxLength(max, fault('too-long', { max })),
    Matches(pattern, fault('invalid')),
  ]);
}

/** Up to `max` distinct strings of at most `length` units each. */
export function TextList(options: Presence & { max: number; length: number }): Decorator {
  const { max, length } = options;
  const item = { type: 'string', minLength: 1, maxLength: length, pattern: SINGLE_LINE.source } as const;
  return field({ type: 'array', items: item, maxItems: max, uniqueItems: true }, options, [
    Trimmed,
    IsArray(fault('invalid')),
    ArrayMaxSize(max, fault('too-many', { max })),
    isText(fault('invalid', {}, true)),
    MinLength(1, fault('required', {}, true)),
    MaxLength(length, fault('too-long', { max: length }, true)),
    Matches(SINGLE_LINE, fault('invalid', {}, true)),
    ArrayUnique(fault('duplicate')),
  ]);
}

const among = (values: readonly unknown[], each: boolean) =>
  ValidateBy(
    { name: 'among', validator: { validate: (value) => values.includes(value) } },
    fault('not-a-choice', { values: values.join(', ') }, each),
  );

/** One of the values. */
export function Choice(values: readonly string[], options: Presence = {}): Decorator {
  return field({ type: 'string', enum: [...values] }, options, [among(values, false)]);
}

/** `min` (0) to `max` (all) distinct values of the list. */
export function Choices(values: readonly string[], options: Presence & { min?: number; max?: number } = {}): Decorator {
  const { min = 0, max = values.length } = options;
  return field(
    {
      type: 'array',
      items: { type: 'string', enum: [...values] },
      minItems: min,
      maxItems: max,
      uniqueItems: true,
    },
    options,
    [
      IsArray(fault('invalid')),
      ArrayMinSize(min, fault('required')),
      ArrayMaxSize(max, fault('too-many', { max })),
      among(values, true),
      ArrayUnique(fault('duplicate')),
    ],
  );
}

/** Query strings repeat a name or separate by commas: `?status=a,b` and `?status=a&status=b` are the same list. */
export function QueryChoices(values: readonly string[], options: Presence = {}): Decorator {
  const { description } = options;
  return applyDecorators(
    ApiProperty({ type: 'array', items: { type: 'string', enum: [...values] }, required: false, description }),
    Transform(({ value }) =>
      value === undefined ? undefined : [value].flat().flatMap((part) => String(part).split(',')),
    ),
    ValidateIf((_, value) => value !== undefined),
    among(values, true),
  );
}

interface WholeOptions extends Presence {
  min: number;
  max: number;
  multipleOf?: number;
  /** Comes as text in a query string. */
  query?: boolean;
  default?: number;
}

/** An integer within `min` and `max`, both allowed. */
export function Whole(options: WholeOptions): Decorator {
  const { min, max, multipleOf, query = false } = options;
  const multiple = ValidateBy(
    {
      name: 'multipleOf',
      validator: { validate: (value) => typeof value === 'number' && value % (multipleOf ?? 1) === 0 },
    },
    fault('not-a-multiple', { step: multipleOf }),
  );
  return field({ type: 'integer', minimum: min, maximum: max, multipleOf, default: options.default }, options, [
    ...(query
      ? [Transform(({ value }) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value))]
      : []),
    IsInt(fault('invalid')),
    Min(min, fault('too-small', { min })),
    Max(max, fault('too-large', { max })),
    ...(multipleOf ? [multiple] : []),
  ]);
}

/** true or false, never a word for it. */
export function Flag(options: Presence & { default?: boolean } = {}): Decorator {
  return field({ type: 'boolean', default: options.default }, options, [IsBoolean(fault('invalid'))]);
}

const matching = (name: string, code: string, test: (value: string) => boolean) =>
  ValidateBy({ name, validator: { validate: (value) => typeof value === 'string' && test(value) } }, fault(code));

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

/** HTML's own definition of a valid e-mail address, plus a domain with a dot; at most 254 units (RFC 5321). */
const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/;

export const EmailAddress = (options: Presence = {}): Decorator =>
  field({ type: 'string', format: 'email', maxLength: 254 }, options, [
    Trimmed,
    matching('email', 'invalid-email', (value) => value.length <= 254 && EMAIL.test(value)),
  ]);

/** One object of the class. */
export function Nested(type: () => new () => object, options: Presence = {}): Decorator {
  // Swagger knows a lazy type by its name: it has to be a member called `type`.
  return field({ type: () => type() }, options, [IsObject(fault('invalid')), ValidateNested(), Type(type)]);
}

/** Up to `max` objects of the class. */
export function NestedList(type: () => new () => object, options: Presence & { max?: number } = {}): Decorator {
  const { max = 1000 } = options;
  const isObjects = ValidateBy(
    {
      name: 'objects',
      validator: {
        validate: (value) =>
          Array.isArray(value) &&
          value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)),
      },
    },
    fault('invalid'),
  );
  return field({ type: () => type(), isArray: true, maxItems: max } as ApiPropertyOptions, options, [
    isObjects,
    ArrayMaxSize(max, fault('too-many', { max })),
    ValidateNested({ each: true }),
    Type(type),
  ]);
}
