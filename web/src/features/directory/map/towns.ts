import { type Place, placeOf } from '../../../lib/places';

export interface Town {
  readonly city: string;
  readonly place: Place;
  /** Of the doctors found. */
  readonly count: number;
}

/** The doctors’ towns that are known, the ones with most first, and how many doctors are elsewhere. */
export function townsOf(doctors: readonly { city: string }[]): { towns: Town[]; elsewhere: number } {
  const counts = new Map<string, number>();
  for (const { city } of doctors) counts.set(city, (counts.get(city) ?? 0) + 1);
  const towns = [...counts].flatMap(([city, count]) => {
    const place = placeOf(city);
    return place ? [{ city, place, count }] : [];
  });
  const shown = towns.reduce((sum, { count }) => sum + count, 0);
  return { towns: towns.sort((a, b) => b.count - a.count), elsewhere: doctors.length - shown };
}
