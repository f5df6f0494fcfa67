import { describe, expect, it } from 'vitest';
import { fieldOf, formOf, newHours, planOf } from './plan';

const plan = {
  timeZone: 'Africa/Tunis',
  weekly: [
    {
      weekday: 1,
      start: '09:00',
      end: '12:00',
      slotMinutes: 30,
      mode: 'video' as const,
      price: { amount: 60500, currency: 'TND' as const },
    },
  ],
  dates: [],
  exceptions: [{ date: '2026-12-25' }],
  bufferMinutes: 5,
  minNoticeMinutes: 60,
  horizonDays: 60,
  autoAccept: false,
};

describe('availability form', () => {
  it('gives back what the server gave', () => {
    expect(
      planOf(
        formOf({ ...plan, payment: 'after-acceptance', cancellation: { cutoffHours: 24, tiers: [] }, version: 3 }),
      ),
    ).toEqual({
      ...plan,
      exceptions: [{ date: '2026-12-25', start: undefined, end: undefined }],
    });
  });

  it('leaves an empty price or day out, so that the server asks for it', () => {
    const body = planOf({
      ...formOf({ ...plan, payment: 'after-acceptance', cancellation: { cutoffHours: 24, tiers: [] }, version: 3 }),
      weekly: [{ ...newHours, weekday: '' }],
    });
    expect(body.weekly[0]).toMatchObject({ price: undefined, weekday: undefined });
  });

  it('says a fault of the amount at the price', () => {
    expect(fieldOf('weekly.0.price.amount')).toBe('weekly.0.price');
    expect(fieldOf('weekly.0.end')).toBe('weekly.0.end');
  });
});
