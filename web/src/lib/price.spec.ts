import { describe, expect, it } from 'vitest';
import { priceFault } from './price';

const faultOf = (text: string, currency = 'TND') => {
  const { key, values = {} } = priceFault(text, currency, 'fr') ?? {};
  return key && [key, ...Object.values(values).map((value) => value.replace(/\s/g, ' '))];
};

describe('a price as it is typed', () => {
  it.each(['0', '2', '60', '60,5', '12,340', '99999,990'])('may be %s TND', (text) => {
    expect(faultOf(text)).toBeUndefined();
  });

  it.each([
    ['12,345', ['profile.priceStep', '12,340 TND', '12,350 TND']],
    ['60,005', ['profile.priceStep', '60 TND', '60,010 TND']],
    ['0,003', ['profile.priceLeast', '2 TND']],
    ['1,990', ['profile.priceLeast', '2 TND']],
    ['100000', ['profile.priceMost', '99 999,990 TND']],
    ['soixante', ['profile.badAmount']],
    ['', ['profile.badAmount']],
  ])('is not %s TND, and says what is near', (text, fault) => {
    expect(faultOf(text)).toEqual(fault);
  });

  it('goes by the cent where the currency does', () => {
    expect(faultOf('60,01', 'EUR')).toBeUndefined();
    expect(faultOf('0,49', 'EUR')).toEqual(['profile.priceLeast', '0,50 EUR']);
  });
});
