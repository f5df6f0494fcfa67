import { describe, expect, it } from 'vitest';
import { newHours, type SeasonForm, type WeekRange } from './plan';
import { faultsOfSeason, inOrder, seasonOf, timeOf } from './seasons';

const usual: WeekRange[] = [{ ...newHours(), key: 'weekly-0', weekday: '1', price: '60' }];
const ramadan: SeasonForm = { key: 'season-0', name: 'Ramadan', from: '2027-02-08', to: '2027-03-08', weekly: [] };
const draft = { name: 'Été', from: '2027-07-01', to: '2027-08-31' };

describe('a season', () => {
  it('has a name, and dates in order that last a year at most', () => {
    expect(faultsOfSeason(draft, [ramadan])).toEqual({});
    expect(Object.keys(faultsOfSeason({ name: ' ', from: '', to: '' }, []))).toEqual(['name', 'from', 'to']);
    expect(faultsOfSeason({ ...draft, to: '2027-06-30' }, [])).toEqual({ to: { key: 'availability.seasons.badEnd' } });
    expect(faultsOfSeason({ ...draft, to: draft.from }, [])).toEqual({});
    expect(faultsOfSeason({ ...draft, to: '2028-06-30' }, [])).toEqual({});
    expect(faultsOfSeason({ ...draft, to: '2028-07-01' }, [])).toEqual({ to: { key: 'availability.seasons.tooLong' } });
  });

  it('shares no day with another, which is named', () => {
    expect(faultsOfSeason({ ...draft, from: '2027-03-08', to: '2027-03-20' }, [ramadan])).toEqual({
      from: { key: 'availability.seasons.overlap', values: { name: 'Ramadan' } },
    });
    expect(faultsOfSeason({ ...draft, from: '2027-03-09', to: '2027-03-20' }, [ramadan])).toEqual({});
  });

  it('begins with the hours of the usual week, as hours of its own, or with none', () => {
    const season = seasonOf({ ...draft, name: ' Été ', start: 'copy' }, usual);
    expect(season).toMatchObject({ name: 'Été', from: '2027-07-01', to: '2027-08-31' });
    expect(season.weekly).toEqual([{ ...usual[0], key: expect.stringMatching(/^new-/) as string }]);
    expect(seasonOf({ ...draft, start: 'empty' }, usual).weekly).toEqual([]);
  });

  it('comes in the order of its dates, and is coming, under way or over', () => {
    const earlier = { ...ramadan, key: 'season-1', from: '2026-07-01', to: '2026-08-31' };
    expect(inOrder([ramadan, earlier]).map(({ key }) => key)).toEqual(['season-1', 'season-0']);
    expect(['2027-02-07', '2027-02-08', '2027-03-08', '2027-03-09'].map((today) => timeOf(ramadan, today))).toEqual([
      'coming',
      'now',
      'now',
      'over',
    ]);
  });
});
