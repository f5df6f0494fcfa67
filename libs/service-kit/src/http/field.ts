import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';

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

export type Decorator = PropertyDecorator;

/** The code and its numbers travel as the message: class-validator drops the context of synchronous custom checks. */
export const fault = (code: string, parameters: object = {}, each = false): ValidationOptions => ({
  message: JSON.stringify({ code, ...parameters }),
  each,
});

const present = ValidateBy(
  { name: 'present', validator: { validate: (value) => value !== undefined && value !== null && value !== '' } },
  fault('required'),
);

export function field(schema: ApiPropertyOptions, presence: Presence, checks: Decorator[]): Decorator {
  const { optional = false, nullable = false, description, example } = presence;
  const skipped = (value: unknown) => (optional && value === undefined) || (nullable && value === null);
  return applyDecorators(
    ApiProperty({ ...schema, required: !optional, nullable, description, example } as ApiPropertyOptions),
    ...(optional || nullable ? [ValidateIf((_, value) => !skipped(value))] : []),
    ...(nullable || optional ? [] : [present]),
    ...checks,
  );
}

export const matching = (name: string, code: string, test: (value: string) => boolean) =>
  ValidateBy({ name, validator: { validate: (value) => typeof value === 'string' && test(value) } }, fault(code));
