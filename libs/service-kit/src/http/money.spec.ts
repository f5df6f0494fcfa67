import { Nested } from './fields.js';
import { Price } from './money.js';
import { ValidationFailed, validationPipe } from './validation.js';

class Body {
  @Nested(() => Price) price!: Price;
}

async function faultsOf(price: object): Promise<object[]> {
  try {
    await validationPipe().transform({ price }, { type: 'body', metatype: Body });
    return [];
  } catch (error) {
    return (error as ValidationFailed).faults;
  }
}

describe('a price', () => {
  it.each([
    [0, 'TND'],
    [2_000, 'TND'],
    [60_010, 'TND'],
    [99_999_990, 'TND'],
    [50, 'EUR'],
    [6_001, 'USD'],
  ])('may be %s %s', async (amount, currency) => {
    expect(await faultsOf({ amount, currency })).toEqual([]);
  });

  it.each([
    [12_345, 'TND', 'not-a-multiple', { step: 10 }],
    [60_005, 'TND', 'not-a-multiple', { step: 10 }],
    [3, 'TND', 'not-a-multiple', { step: 10 }],
    [10, 'TND', 'too-small', { min: 2_000 }],
    [1_990, 'TND', 'too-small', { min: 2_000 }],
    [49, 'EUR', 'too-small', { min: 50 }],
    [1, 'USD', 'too-small', { min: 50 }],
    [100_000_000, 'TND', 'too-large', { max: 99_999_999 }],
    [100_000_000, 'EUR', 'too-large', { max: 99_999_999 }],
    [-1, 'TND', 'too-small', { min: 0 }],
    [1.5, 'EUR', 'invalid', {}],
  ])('is not %s %s: %s', async (amount, currency, code, parameters) => {
    expect(await faultsOf({ amount, currency })).toEqual([{ field: 'price.amount', code, parameters }]);
  });

  it('is not what has no currency of ours', async () => {
    expect(await faultsOf({ amount: 12_345, currency: 'XXX' })).toMatchObject([
      { field: 'price.currency', code: 'not-a-choice' },
    ]);
    expect(await faultsOf({ amount: 12_345 })).toMatchObject([{ field: 'price.currency', code: 'required' }]);
  });
});
