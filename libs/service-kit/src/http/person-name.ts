import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import type { Presence } from './field.js';
import { Text } from './fields.js';

/** One spelling of a name: composed (NFC), no space at its ends, one between its parts. */
export const canonicalName = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();

/** Joiners shape Arabic and Persian names, and do so between letters only. */
const JOINER = /(?<=[\p{L}\p{M}])[\u200c\u200d](?=\p{L})/gu;
/**
 * What a reader does not see, or what makes them read something else: control and line characters, directional
 * overrides and isolates (UAX #9), invisible fillers and joiners (Unicode's « default ignorable »), and code points that
 * are private or mean nothing yet.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

/** True for what can be somebody's name, in any script. @param name as {@link canonicalName} gives it */
export const isPersonName = (name: string): boolean => {
  const seen = name.replace(JOINER, '');
  return /\p{L}/u.test(seen) && !UNSEEN.test(seen);
};

const ANYTHING = /^[\s\S]*$/;
const description = 'Has a letter; no control, invisible or directional characters';

/** A name that a person types, of at most `max` (100) UTF-16 units: the same rule wherever one is typed. */
export const PersonName = ({ max = 100, ...presence }: Presence & { max?: number } = {}): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? canonicalName(value) : value)),
    Text({ description, ...presence, max, verbatim: true, pattern: ANYTHING }),
    ValidateBy(
      {
        name: 'personName',
        validator: { validate: (value) => typeof value !== 'string' || value === '' || isPersonName(value) },
      },
      { message: JSON.stringify({ code: 'invalid-name' }) },
    ),
  );
