import { describe, expect, it } from 'vitest';
import { pathOfNews } from './news';

describe('a notification', () => {
  it('leads to what it is about', () => {
    const data = { appointmentId: 'a&b' };
    expect(pathOfNews({ type: 'appointment-requested', data })).toBe('/appointments/a%26b');
    expect(pathOfNews({ type: 'payment-captured', data })).toBe('/appointments/a%26b');
    expect(pathOfNews({ type: 'review-invited', data })).toBe('/appointments/a%26b/rate');
    expect(pathOfNews({ type: 'review-submitted', data })).toBe('/reviews');
  });

  it('leads nowhere where that is not said', () => {
    expect(pathOfNews({ type: 'appointment-accepted', data: {} })).toBeUndefined();
  });
});
