import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { rememberRules } from './validation-metadata.js';

// Before anything is judged: bodies, and the events of whoever listens.
rememberRules();

export interface FieldFault {
  /** Dotted path: `weekly.0.price`. */
  field: string;
  code: string;
  /** Numbers and names for the message of this code. */
  parameters?: Record<string, unknown>;
}

/** One or more fields break a rule (422). Domain rules about one field may throw it as well. */
export class ValidationFailed extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';

  constructor(readonly faults: FieldFault[]) {
    super(faults.map(({ field, code }) => `${field}: ${code}`).join(', '));
  }
}

/** Our own checks carry their code in the message (see `fields.ts`); the rest is class-validator's. */
function faultOf(name: string, message: string): Omit<FieldFault, 'field'> {
  if (name === 'whitelistValidation') return { code: 'unknown-field' };
  if (!message.startsWith('{')) return { code: 'invalid' };
  const { code, ...parameters } = JSON.parse(message) as { code: string };
  return { code, parameters };
}

function* faultsOf(errors: ValidationError[], path = ''): Generator<FieldFault> {
  for (const error of errors) {
    // An array or a primitive in place of the body has no property name.
    const name = error.property ?? 'body';
    const field = path ? `${path}.${name}` : name;
    const [constraint] = Object.entries(error.constraints ?? {});
    if (constraint) yield { field, ...faultOf(...constraint) };
    yield* faultsOf(error.children ?? [], field);
  }
}

const MAY_BE_ABSENT = Symbol('body may be absent');

/** On the class of a body all of whose fields are optional, for a call that makes sense without a body. */
export const MayBeAbsent = (): ClassDecorator => (type) => Reflect.defineMetadata(MAY_BE_ABSENT, true, type);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Fields that are called like what every object inherits (`toString`, `constructor`). class-validator takes them for
 * known ones, since it looks its rules up in a plain object, and class-transformer drops some of them in silence.
 */
function* inheritedNames(value: unknown, path = ''): Generator<FieldFault> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const field = path ? `${path}.${name}` : name;
    if (inherited.has(name)) yield { field, code: 'unknown-field' };
    else yield* inheritedNames(member, field);
  }
}

/** Refuses unknown fields, converts nothing silently, and says every fault at once. */
class FieldsPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom' || !this.toValidate(metadata)) return super.transform(value, metadata);
    if (metadata.type === 'body' && !isRecord(value)) return this.withoutFields(value, metadata);
    const unknown = [...inheritedNames(value)];
    if (unknown.length === 0) return super.transform(value, metadata);
    const others = await super.transform(value, metadata).then(
      () => [],
      (error: unknown) => (error instanceof ValidationFailed ? error.faults : []),
    );
    const named = new Set(unknown.map(({ field }) => field));
    throw new ValidationFailed([...unknown, ...others.filter(({ field }) => !named.has(field))]);
  }

  /** No body, or a list, a text, null in its place: the required fields lack, and where none is required the body does. */
  private async withoutFields(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const empty = await super.transform({}, metadata);
    if (value === undefined && Reflect.getMetadata(MAY_BE_ABSENT, metadata.metatype as object)) return empty;
    throw new ValidationFailed([
      { field: 'body', code: value === undefined || value === null ? 'required' : 'invalid' },
    ]);
  }
}

export const validationPipe = (): ValidationPipe =>
  new FieldsPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    transformOptions: { exposeUnsetFields: false },
    exceptionFactory: (errors) => new ValidationFailed([...faultsOf(errors)]),
  });
