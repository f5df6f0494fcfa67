import { Choice, Day, EmailAddress, Instant, Nested, NestedList, Text, TimeZone, WallTime, Whole } from './fields.js';
import { Money } from './money.js';
import { ValidationFailed, validationPipe } from './validation.js';

class Rule {
  @WallTime() start!: string;
  @Nested(() => Money) price!: Money;
}

class Body {
  @Text({ max: 10 }) name!: string;
  @Text({ max: 10, optional: true, nullable: true }) note?: string | null;
  @EmailAddress({ optional: true }) email?: string;
  @Choice(['a', 'b'], { optional: true }) choice?: string;
  @Whole({ min: 1, max: 5, optional: true }) whole?: number;
  @Day({ optional: true }) day?: string;
  @Instant({ optional: true }) instant?: string;
  @TimeZone({ optional: true }) zone?: string;
  @NestedList(() => Rule, { optional: true }) rules?: Rule[];
}

async function faults(body: unknown): Promise<Record<string, string>> {
  try {
    await validationPipe().transform(body, { type: 'body', metatype: Body });
    return {};
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationFailed);
    return Object.fromEntries((error as ValidationFailed).faults.map(({ field, code }) => [field, code]));
  }
}

describe('fields', () => {
  it('accepts a valid body and trims what people type', async () => {
    const body = await validationPipe().transform({ name: '  Amina ', note: null }, { type: 'body', metatype: Body });
    expect(body).toEqual({ name: 'Amina', note: null });
  });

  it.each([
    [{}, { name: 'required' }],
    [{ name: '   ' }, { name: 'required' }],
    [{ name: null }, { name: 'required' }],
    [{ name: 'x'.repeat(11) }, { name: 'too-long' }],
    [{ name: { $ne: '' } }, { name: 'invalid' }],
    [{ name: ['a'] }, { name: 'invalid' }],
    [{ name: 'a\r\nBcc: x' }, { name: 'invalid' }],
    [{ name: 'a', extra: 1 }, { extra: 'unknown-field' }],
    [{ name: 'a', $where: '1' }, { $where: 'unknown-field' }],
    [{ name: 'a', email: 'a@b' }, { email: 'invalid-email' }],
    [{ name: 'a', choice: 'c' }, { choice: 'not-a-choice' }],
    [{ name: 'a', whole: '5' }, { whole: 'invalid' }],
    [{ name: 'a', whole: 4.5 }, { whole: 'invalid' }],
    [{ name: 'a', whole: 6 }, { whole: 'too-large' }],
    [{ name: 'a', day: '2026-02-30' }, { day: 'invalid-date' }],
    [{ name: 'a', instant: '2026-02-03' }, { instant: 'invalid-instant' }],
    [{ name: 'a', zone: 'Tunis/Africa' }, { zone: 'invalid-time-zone' }],
    [
      { name: 'a', rules: [{ start: '25:00' }] },
      { 'rules.0.start': 'invalid-time', 'rules.0.price': 'required' },
    ],
    [{ name: 'a', rules: [null] }, { rules: 'invalid' }],
    [
      { name: 'a', rules: [{ start: '09:00', price: { amount: -1, currency: 'XXX' } }] },
      { 'rules.0.price.amount': 'too-small', 'rules.0.price.currency': 'not-a-choice' },
    ],
  ])('refuses %j', async (body, expected) => {
    expect(await faults(body)).toEqual(expected);
  });
});
