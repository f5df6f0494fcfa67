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
  IsNumber,
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
import { type Decorator, fault, field, matching, type Presence } from './field.js';

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

/** A finite number within `min` and `max`, both allowed, with at most `places` (3) decimals. */
export function Decimal(options: Presence & { min?: number; max?: number; places?: number } = {}): Decorator {
  const { min = -1_000_000, max = 1_000_000, places = 3 } = options;
  return field({ type: 'number', minimum: min, maximum: max }, options, [
    IsNumber({ maxDecimalPlaces: places }, fault('invalid')),
    Min(min, fault('too-small', { min })),
    Max(max, fault('too-large', { max })),
  ]);
}

/** true or false, never a word for it. */
export function Flag(options: Presence & { default?: boolean } = {}): Decorator {
  return field({ type: 'boolean', default: options.default }, options, [IsBoolean(fault('invalid'))]);
}

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
