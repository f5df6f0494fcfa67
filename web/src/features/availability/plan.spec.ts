import { describe, expect, it } from 'vitest';
import { fieldOf, formOf, newHours, newKey, planOf, policyOf, weeksOf } from './plan';

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
  seasons: [],
  dates: [],
  exceptions: [{ date: '2026-12-25' }],
  bufferMinutes: 5,
  minNoticeMinutes: 60,
  horizonDays: 60,
  autoAccept: false,
  payment: 'at-booking' as const,
  cancellation: { cutoffHours: 48, tiers: [{ hoursBefore: 2, refundPercent: 30 }] },
};

describe('availability form', () => {
  it('gives back what the server gave', () => {
    expect(planOf(formOf({ ...plan, version: 3 }))).toEqual({
      ...plan,
      exceptions: [{ date: '2026-12-25', start: undefined, end: undefined }],
    });
  });

  it('gives back seasons and their hours, each with a key of its own', () => {
    const ramadan = { name: 'Ramadan', from: '2027-02-08', to: '2027-03-08', weekly: plan.weekly };
    const form = formOf({ ...plan, seasons: [ramadan, { ...ramadan, weekly: [] }], version: 3 });
    expect(planOf(form).seasons).toEqual([ramadan, { ...ramadan, weekly: [] }]);
    expect(weeksOf(form).map(({ season, week }) => [season, week.map(({ key }) => key)])).toEqual([
      [undefined, ['weekly-0']],
      ['season-0', ['season-0-0']],
      ['season-1', []],
    ]);
  });

  it('names halves of a day, and ends days at midnight as time fields do', () => {
    const exceptions = [
      { date: '2026-12-24', start: '00:00', end: '12:00' },
      { date: '2026-12-25', start: '12:00', end: '24:00' },
      { date: '2026-12-26', start: '18:00', end: '24:00' },
    ];
    const weekly = [{ ...plan.weekly[0]!, start: '20:00', end: '24:00' }];
    const form = formOf({ ...plan, weekly, exceptions, version: 3 });
    expect(form.exceptions.map(({ part, end }) => [part, end])).toEqual([
      ['morning', '12:00'],
      ['afternoon', '00:00'],
      ['hours', '00:00'],
    ]);
    expect(form.weekly[0]!.end).toBe('00:00');
    expect(planOf(form)).toMatchObject({ weekly, exceptions });
  });

  it('leaves an empty price or day out, so that the server asks for it', () => {
    const body = planOf({
      ...formOf({ ...plan, version: 3 }),
      weekly: [{ ...newHours(), key: newKey(), weekday: '' }],
    });
    expect(body.weekly[0]).toMatchObject({ price: undefined, weekday: undefined });
  });

  it('gives new hours the price, kind and length of the last ones, else the doctor’s currency', () => {
    const last = { ...newHours(), price: '60', currency: 'EUR', mode: 'in-person', slotMinutes: '20' };
    expect(newHours(last, 'USD')).toMatchObject({
      price: '60',
      currency: 'EUR',
      mode: 'in-person',
      slotMinutes: '20',
    });
    expect(newHours(undefined, 'USD')).toMatchObject({ price: '', currency: 'USD' });
    const euros = {
      ...formOf({ ...plan, version: 3 }),
      weekly: [{ ...newHours(undefined, 'EUR'), key: newKey(), price: '40', weekday: '1' }],
    };
    expect(planOf(euros).weekly[0]!.price).toEqual({ amount: 4_000, currency: 'EUR' });
  });

  it('asks for the hours of a policy that were left empty, and shows what is typed so far', () => {
    const cancellation = { cutoffHours: '24', tiers: [{ hoursBefore: '', refundPercent: '50' }] };
    expect(planOf({ ...formOf({ ...plan, version: 3 }), cancellation }).cancellation).toEqual({
      cutoffHours: 24,
      tiers: [{ hoursBefore: undefined, refundPercent: 50 }],
    });
    expect(policyOf(cancellation)).toEqual({ cutoffHours: 24, tiers: [{ hoursBefore: 0, refundPercent: 50 }] });
  });

  it('says a fault of the amount at the price', () => {
    expect(fieldOf('weekly.0.price.amount')).toBe('weekly.0.price');
    expect(fieldOf('weekly.0.end')).toBe('weekly.0.end');
  });
});
