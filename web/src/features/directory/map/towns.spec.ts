import { describe, expect, it } from 'vitest';
import { cities } from '../../../lib/cities';
import { placeOf } from '../../../lib/places';
import { townsOf } from './towns';

const of = (...names: string[]) => townsOf(names.map((city) => ({ city })));

describe('towns on the map', () => {
  it('have all the doctors found there, the ones with most first', () => {
    const { towns, elsewhere } = of('Sfax', 'Tunis', 'Tunis', 'Nulle-Part', 'toString');
    expect(towns.map(({ city, count }) => [city, count])).toEqual([
      ['Tunis', 2],
      ['Sfax', 1],
    ]);
    expect(elsewhere).toBe(2);
    expect(of()).toEqual({ towns: [], elsewhere: 0 });
  });

  it('are all that can be chosen, and in Tunisia', () => {
    for (const city of cities) {
      const [latitude, longitude] = placeOf(city)!;
      expect([city, latitude > 30.2 && latitude < 37.6, longitude > 7.5 && longitude < 11.7]).toEqual([
        city,
        true,
        true,
      ]);
    }
  });
});
