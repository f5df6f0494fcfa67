import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

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

/** Refuses unknown fields, converts nothing silently, and says every fault at once. */
export const validationPipe = () =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    transformOptions: { exposeUnsetFields: false },
    exceptionFactory: (errors) => new ValidationFailed([...faultsOf(errors)]),
  });
