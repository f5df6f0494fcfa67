import { billing } from '@medflow/billing';
import { consultations } from '@medflow/consultations';
import { feedback } from '@medflow/feedback';
import { gateway } from '@medflow/gateway';
import { identity } from '@medflow/identity';
import { profiles } from '@medflow/profiles';
import { scheduling } from '@medflow/scheduling';
import { commonMessages } from '@medflow/service-kit';
import { describe, expect, it } from '@jest/globals';
import IntlMessageFormat from 'intl-messageformat';

interface Element {
  type: number;
  value: string;
  options?: Record<string, { value: Element[] }>;
}

const LITERAL = 0;
const POUND = 7;

/** What the message names, and of the counted ones the plural forms that it has. */
function* argumentsOf(elements: Element[]): Generator<{ name: string; forms?: string[] }> {
  for (const { type, value, options } of elements) {
    if (type === LITERAL || type === POUND) continue;
    yield { name: value, ...(options && { forms: Object.keys(options).sort() }) };
    for (const option of Object.values(options ?? {})) yield* argumentsOf(option.value);
  }
}

const parsed = (message: string, locale: string) => [
  ...argumentsOf(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst() as Element[]),
];

const catalogues = [billing, consultations, feedback, gateway, identity, profiles, scheduling].map(
  ({ name, options }) => [name, options.messages!] as const,
);
const messages = [['all services', commonMessages] as const, ...catalogues].flatMap(([owner, catalogue]) =>
  Object.entries(catalogue).map(([code, message]) => [owner, code, message] as const),
);

describe('what services say', () => {
  it.each(messages)('of %s, « %s » names the same things in every language', (_owner, _code, message) => {
    const names = (locale: 'fr' | 'en' | 'ar') => [...new Set(parsed(message[locale], locale).map(({ name }) => name))];
    expect(names('en')).toEqual(names('fr'));
    expect(names('ar')).toEqual(names('fr'));
  });

  it.each(messages.filter(([, , { fr, en, ar }]) => /, plural,/.test(fr + en + ar)))(
    'of %s, « %s » counts in Arabic with every form that Arabic has',
    (_owner, _code, { ar }) => {
      const counted = parsed(ar, 'ar').filter(({ forms }) => forms);
      expect(counted).not.toEqual([]);
      for (const { forms } of counted) expect(forms).toEqual(['few', 'many', 'one', 'other', 'two']);
    },
  );
});
