import { Choice, Decimal, EmailAddress, Nested, NestedList, Text, Whole } from './fields.js';
import { Day, Instant, PartialDay, TimeZone, WallTime } from './time-fields.js';
import { Money } from './money.js';
import { MayBeAbsent, ValidationFailed, validationPipe } from './validation.js';

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
  @PartialDay({ optional: true }) since?: string;
  @Decimal({ optional: true, max: 100 }) weight?: number;
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

  it.each(['2019', '2019-03', '2019-03-31'])('takes as much of a day as is known: %s', async (since) => {
    expect(await faults({ name: 'a', since, weight: 70.125 })).toEqual({});
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
    [{ name: 'a', since: '2026-13' }, { since: 'invalid-date' }],
    [{ name: 'a', since: '2026-02-30' }, { since: 'invalid-date' }],
    [{ name: 'a', since: '1066' }, { since: 'invalid-date' }],
    [{ name: 'a', weight: '70' }, { weight: 'invalid' }],
    [{ name: 'a', weight: 70.1234 }, { weight: 'invalid' }],
    [{ name: 'a', weight: 100.5 }, { weight: 'too-large' }],
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

  it.each([
    ['day', '0001-01-01', 'too-small'],
    ['day', '0000-02-29', 'too-small'],
    ['day', '1899-12-31', 'too-small'],
    ['day', '3000-01-01', 'too-large'],
    ['day', '9999-12-31', 'too-large'],
    ['day', '+10000-01-01', 'invalid-date'],
    ['day', '-000001-01-01', 'invalid-date'],
    ['instant', '0000-01-01T00:00:00Z', 'too-small'],
    ['instant', '1899-12-31T23:59:59Z', 'too-small'],
    ['instant', '1900-01-01T00:30:00+01:00', 'too-small'],
    ['instant', '3000-01-01T00:00:00Z', 'too-large'],
    ['instant', '2999-12-31T23:30:00-01:00', 'too-large'],
    ['instant', '9999-12-31T23:59:59Z', 'too-large'],
    ['instant', '+275760-09-13T00:00:00Z', 'invalid-instant'],
  ])('refuses a year that nobody meets: %s %s', async (field, value, code) => {
    expect(await faults({ name: 'a', [field]: value })).toEqual({ [field]: code });
  });

  it('accepts the first and the last times that there are', async () => {
    for (const times of [
      { day: '1900-01-01', instant: '1900-01-01T00:00:00Z' },
      { day: '2999-12-31', instant: '2999-12-31T23:59:59.999Z' },
    ])
      expect(await faults({ name: 'a', ...times })).toEqual({});
  });

  it('says which years there are', async () => {
    const failed = validationPipe().transform({ name: 'a', day: '0001-01-01' }, { type: 'body', metatype: Body });
    await expect(failed).rejects.toMatchObject({
      faults: [{ field: 'day', code: 'too-small', parameters: { min: '1900-01-01' } }],
    });
  });
});

describe('fields that are called like what every object has', () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');

  it.each(inherited)('are unknown: %s', async (name) => {
    expect(await faults({ name: 'a', [name]: 1 })).toEqual({ [name]: 'unknown-field' });
    const price = { amount: 1, currency: 'TND', [name]: 'x' };
    expect(await faults({ name: 'a', rules: [{ start: '09:00', price }] })).toEqual({
      [`rules.0.price.${name}`]: 'unknown-field',
    });
  });

  it('are unknown however they come to be there, and in a query', async () => {
    const body: unknown = JSON.parse('{"name":"a","__proto__":{"choice":"c"}}');
    expect(await faults(body)).toEqual({ ['__proto__']: 'unknown-field' });
    const query = { toString: '1', name: 'a' };
    await expect(validationPipe().transform(query, { type: 'query', metatype: Body })).rejects.toMatchObject({
      faults: [{ field: 'toString', code: 'unknown-field' }],
    });
  });

  it('are told beside all other faults', async () => {
    expect(await faults({ constructor: 1, extra: 1, toString: {} })).toEqual({
      constructor: 'unknown-field',
      toString: 'unknown-field',
      extra: 'unknown-field',
      name: 'required',
    });
  });
});

describe('a body that is none', () => {
  class Replacement {
    @Text({ max: 10, optional: true, nullable: true }) note?: string | null;
  }
  @MayBeAbsent()
  class Remark {
    @Text({ max: 10, optional: true }) note?: string;
  }
  const given = (body: unknown, metatype: new () => object) =>
    validationPipe().transform(body, { type: 'body', metatype });

  it.each([[undefined], [null], [[]], [[{ name: 'a' }]], ['name=a'], [''], [7], [true]])(
    'lacks what is required: %j',
    async (body) => {
      expect(await faults(body)).toEqual({ name: 'required' });
    },
  );

  it.each([
    [undefined, 'required'],
    [null, 'required'],
    [[], 'invalid'],
    ['note', 'invalid'],
    [0, 'invalid'],
    [false, 'invalid'],
  ])('never counts as one with nothing in it: %j', async (body, code) => {
    await expect(given(body, Replacement)).rejects.toMatchObject({ faults: [{ field: 'body', code }] });
  });

  it('may be left out where the call makes sense without, and only left out', async () => {
    expect(await given(undefined, Remark)).toEqual({});
    for (const body of [null, [], 'note']) await expect(given(body, Remark)).rejects.toThrow(ValidationFailed);
  });

  it('may well be empty', async () => {
    expect(await given({}, Replacement)).toEqual({});
  });
});
