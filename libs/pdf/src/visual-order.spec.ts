import { describe, expect, it } from '@jest/globals';
import { runsOf } from './visual-order.js';

describe('runs of a line', () => {
  const drawn = (text: string, direction: 'ltr' | 'rtl') => runsOf(text, direction).map((run) => run.text);

  it('puts numbers and Latin names where an Arabic line has them', () => {
    expect(drawn('صدر في 23 نوفمبر', 'rtl')).toEqual([' نوفمبر', '23', 'صدر في ']);
    expect(drawn('المريض Amina Ben', 'rtl')).toEqual(['Amina Ben', 'المريض ']);
  });

  it('turns brackets to face what they hold', () => {
    expect(drawn('عيادة (Dr. 2)', 'rtl')).toEqual(['(', 'Dr. 2', 'عيادة )']);
  });

  it('leaves a Latin line as it is', () => {
    expect(drawn('Amina Ben Salah, 60,000 TND', 'ltr')).toEqual(['Amina Ben Salah, 60,000 TND']);
  });
});
