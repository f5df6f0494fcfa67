import { describe, expect, it } from 'vitest';
import { countChanges } from './changes';
import { newHours, type PlanForm } from './plan';
import { withDayCopied } from './week';

const published: PlanForm = {
  timeZone: 'Africa/Tunis',
  weekly: ['1', '2'].map((weekday) => ({ ...newHours(), key: `weekly-${weekday}`, weekday, price: '60' })),
  seasons: [],
  dates: [],
  exceptions: [{ key: 'absence-0', date: '2026-12-25', part: 'day', start: '', end: '' }],
  bufferMinutes: '0',
  minNoticeMinutes: '60',
  horizonDays: '60',
  autoAccept: false,
  payment: 'after-acceptance',
  cancellation: { cutoffHours: '24', tiers: [] },
};
const [monday, tuesday] = published.weekly as [PlanForm['weekly'][number], PlanForm['weekly'][number]];

describe('what is not published yet', () => {
  it('is nothing where all is as it was, in whatever order', () => {
    expect(countChanges(published, structuredClone(published))).toBe(0);
    expect(countChanges(published, { ...published, weekly: [tuesday, monday] })).toBe(0);
  });

  it('counts a range once, whatever of it was changed, added or taken away', () => {
    expect(
      countChanges(published, { ...published, weekly: [{ ...monday, start: '08:00', price: '70' }, tuesday] }),
    ).toBe(1);
    expect(countChanges(published, { ...published, weekly: [monday] })).toBe(1);
    expect(
      countChanges(published, { ...published, weekly: [monday, { ...tuesday, key: 'new-1', weekday: '3' }] }),
    ).toBe(2);
  });

  it('does not count a copy of what was there', () => {
    expect(countChanges(published, { ...published, weekly: withDayCopied(published.weekly, '1', ['2']) })).toBe(0);
    expect(countChanges(published, { ...published, weekly: withDayCopied(published.weekly, '1', ['2', '3']) })).toBe(1);
  });

  it('counts a season that is added or taken away once, and of one that stays its dates and each of its hours', () => {
    const ramadan = {
      key: 'season-0',
      name: 'Ramadan',
      from: '2027-02-08',
      to: '2027-03-08',
      weekly: [monday, tuesday],
    };
    const with_ = (...seasons: PlanForm['seasons']): PlanForm => ({ ...published, seasons });
    expect(countChanges(published, with_(ramadan))).toBe(1);
    expect(countChanges(with_(ramadan), published)).toBe(1);
    expect(countChanges(with_(ramadan), with_({ ...ramadan, to: '2027-03-09', name: 'Ramadan 1448' }))).toBe(1);
    expect(countChanges(with_(ramadan), with_({ ...ramadan, weekly: [{ ...monday, start: '10:00' }] }))).toBe(2);
    // Taken away and made again.
    const again = {
      ...ramadan,
      key: 'new-1',
      weekly: [
        { ...tuesday, key: 'new-2' },
        { ...monday, key: 'new-3' },
      ],
    };
    expect(countChanges(with_(ramadan), with_(again))).toBe(0);
    expect(countChanges(with_(ramadan), with_({ ...again, weekly: [] }))).toBe(2);
  });

  it('counts absences and settings', () => {
    const exceptions: PlanForm['exceptions'] = [{ ...published.exceptions[0]!, part: 'afternoon' }];
    const cancellation = { cutoffHours: '48', tiers: [{ hoursBefore: '2', refundPercent: '50' }] };
    expect(countChanges(published, { ...published, exceptions, autoAccept: true, cancellation })).toBe(3);
  });
});
