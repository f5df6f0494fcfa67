import { describe, expect, it } from 'vitest';
import { hasHours, weekOn } from './seasons';

const plan = {
  weekly: ['usual'],
  seasons: [
    { from: '2027-02-08', to: '2027-03-08', weekly: ['ramadan'] },
    { from: '2027-07-01', to: '2027-08-31', weekly: [] },
  ],
  dates: [],
};

describe('the week of a date', () => {
  it('is that of its season, from the first day to the last, else the usual one', () => {
    const weeks = ['2027-02-07', '2027-02-08', '2027-03-08', '2027-03-09', '2027-08-01'].map((day) =>
      weekOn(plan, day),
    );
    expect(weeks).toEqual([['usual'], ['ramadan'], ['ramadan'], ['usual'], []]);
  });

  it('is the usual one where the dates of a season are not all typed', () => {
    const seasons = [{ from: '2027-02-08', to: undefined, weekly: [] }];
    expect(weekOn({ weekly: ['usual'], seasons }, '2027-02-10')).toEqual(['usual']);
  });
});

describe('a plan', () => {
  it('has hours in its week, in a season or on a date', () => {
    const none = { weekly: [], seasons: [], dates: [] };
    expect([none, { ...none, seasons: plan.seasons }, { ...none, dates: ['one'] }, plan].map(hasHours)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});
