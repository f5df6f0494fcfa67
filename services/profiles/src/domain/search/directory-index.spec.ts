import { describe, expect, it } from '@jest/globals';
import { DirectoryIndex, type DirectoryQuery, type IndexEntry, type Place } from './directory-index.js';

const doctor = (id: string, firstName: string, lastName: string, more: Partial<IndexEntry> = {}): IndexEntry => ({
  id,
  firstName,
  lastName,
  city: 'Tunis',
  specializations: ['cardiology'],
  languages: ['fr'],
  price: { amount: 60_000, currency: 'TND' },
  score: null,
  nextAvailableAt: null,
  days: [],
  modes: [],
  ...more,
});

const indexOf = (...entries: IndexEntry[]) => {
  const index = new DirectoryIndex();
  index.put(entries);
  return index;
};

/** All pages, `limit` (2) doctors each. */
function all(index: DirectoryIndex, query: Partial<DirectoryQuery> = {}): string[] {
  const ids: string[] = [];
  let after: Place | undefined;
  do {
    const page = index.search({ sort: 'relevance', limit: 2, ...query, ...(after && { after }) });
    ids.push(...page.ids);
    after = page.next;
  } while (after);
  return ids;
}

describe('DirectoryIndex', () => {
  const names = indexOf(
    doctor('1', 'Karim', 'Trabelsi'),
    doctor('2', 'Karima', 'Ben Salah', { specializations: ['dermatology'], city: 'Gabès' }),
    doctor('3', 'أحمد', 'الطرابلسي', { specializations: ['pediatrics'], city: 'Sfax' }),
    doctor('4', 'Kerim', 'Traboulsi', { city: 'Sousse' }),
  );

  it.each([
    ['karim', ['1', '2', '4']],
    ['KARIM trabelsi', ['1', '4']],
    ['trab', ['1', '4']],
    ['trablesi', ['1']],
    ['bensalah', ['2']],
    ['salah ben', ['2']],
    ['احمد', ['3']],
    ['طرابلسى', ['3']],
    ['gabes', ['2']],
    ['قابس', ['2']],
    ['طبيب قلب سوسة', ['4']],
    ['dermatologue', ['2']],
    ['dermatologist', ['2']],
    ['جلدية', ['2']],
    ['dermatolgue gabès', ['2']],
    ['cardiologue à Sousse', ['4']],
    ['dr karim', ['1', '2', '4']],
    ['zzzz', []],
    ['karim zzzz', []],
  ])('finds for « %s » %j, best first', (q, ids) => expect(all(names, { q })).toEqual(ids));

  it('puts exact words before beginnings and those before typing errors, whatever their rating', () => {
    const index = indexOf(
      doctor('error', 'Samir', 'Mejria', { score: 5 }),
      doctor('beginning', 'Samir', 'Mejrisi', { score: 5 }),
      doctor('exact', 'Samir', 'Mejri', { score: 1 }),
      doctor('swap', 'Samir', 'Mejir', { score: 5 }),
    );
    expect(all(index, { q: 'mejri' })).toEqual(['exact', 'beginning', 'error', 'swap']);
  });

  it('sorts by price, rating and availability, those without last', () => {
    const at = (day: string) => ({ nextAvailableAt: new Date(`${day}T08:00:00Z`) });
    const index = indexOf(
      doctor('a', 'A', 'A', { price: { amount: 10, currency: 'EUR' }, score: 3, ...at('2026-12-03') }),
      doctor('b', 'B', 'B', { price: { amount: 90_000, currency: 'TND' } }),
      doctor('c', 'C', 'C', { price: { amount: 50_000, currency: 'TND' }, score: 5, ...at('2026-12-01') }),
      doctor('d', 'D', 'D', { price: { amount: 50_000, currency: 'TND' }, score: 4, ...at('2026-12-02') }),
    );
    expect(all(index, { sort: 'price' })).toEqual(['c', 'd', 'b', 'a']);
    expect(all(index, { sort: 'rating' })).toEqual(['c', 'd', 'a', 'b']);
    expect(all(index, { sort: 'availability' })).toEqual(['c', 'd', 'a', 'b']);
    expect(all(index, { sort: 'price', maxPrice: 50_000 })).toEqual(['c', 'd']);
    expect(all(index, { sort: 'rating', maxPrice: 1_000_000_000 })).toEqual(['c', 'd', 'b']);
  });

  it('puts a doctor without reviews before one who disappoints and after one who pleases, where nothing is asked', () => {
    const index = indexOf(
      doctor('poor', 'A', 'A', { score: 3.42 }),
      doctor('unrated', 'B', 'B'),
      doctor('good', 'C', 'C', { score: 4.08 }),
    );
    expect(all(index)).toEqual(['good', 'unrated', 'poor']);
  });

  it('keeps another sort’s order over all who match, and forgives typing errors only when nobody does', () => {
    const index = indexOf(
      doctor('dear', 'Karim', 'A', { price: { amount: 3, currency: 'TND' } }),
      doctor('cheap', 'Karima', 'B', { price: { amount: 1, currency: 'TND' } }),
      doctor('typo', 'Kerim', 'C', { price: { amount: 2, currency: 'TND' } }),
    );
    expect(all(index, { q: 'karim', sort: 'price', limit: 1 })).toEqual(['cheap', 'dear']);
    expect(all(index, { q: 'karom', sort: 'price', limit: 1 })).toEqual(['dear']);
    expect(all(index, { q: 'kerin', sort: 'price', limit: 1 })).toEqual(['typo']);
  });

  it('combines filters', () => {
    const free = { days: ['2026-12-01', '2026-12-05'], modes: ['video'] } as const;
    const index = indexOf(
      doctor('1', 'A', 'A', { city: 'Gabès', languages: ['ar'], ...free }),
      doctor('2', 'B', 'B', { city: 'gabes', modes: ['in-person'] }),
      doctor('3', 'C', 'C', { city: 'Gabès', specializations: ['neurology'], ...free }),
      doctor('4', 'D', 'D', { ...free }),
    );
    expect(all(index, { city: 'GABÈS' })).toEqual(['1', '2', '3']);
    expect(all(index, { city: 'قابس' })).toEqual(['1', '2', '3']);
    expect(all(index, { city: 'Gabes', mode: 'video', specialization: 'cardiology' })).toEqual(['1']);
    expect(all(index, { language: 'ar' })).toEqual(['1']);
    expect(all(index, { availableFrom: '2026-12-02' })).toEqual(['1', '3', '4']);
    expect(all(index, { availableFrom: '2026-12-02', availableTo: '2026-12-04' })).toEqual([]);
    expect(all(index, { availableTo: '2026-12-01', city: 'Tunis' })).toEqual(['4']);
    expect(all(index, { city: 'Nowhere' })).toEqual([]);
  });

  it('forgets what a doctor was before a change, and whom it is told to forget', () => {
    const index = indexOf(doctor('1', 'Karim', 'Trabelsi', { days: ['2026-12-01'] }), doctor('2', 'Leïla', 'Gharbi'));
    index.put([doctor('1', 'Karim', 'Gharbi', { city: 'Sfax', specializations: ['urology'] })]);
    expect(all(index, { q: 'trabelsi' })).toEqual([]);
    expect(all(index, { q: 'gharbi' })).toEqual(['1', '2']);
    expect(all(index, { city: 'Tunis' })).toEqual(['2']);
    expect(all(index, { specialization: 'cardiology' })).toEqual(['2']);
    expect(all(index, { availableFrom: '2026-01-01' })).toEqual([]);
    index.remove('1');
    index.remove('1');
    expect(all(index)).toEqual(['2']);
    index.put([doctor('1', 'Karim', 'Gharbi')]);
    expect(all(index, { q: 'gharbi' })).toEqual(['1', '2']);
  });

  it('pages without gaps or repeats through many equal keys, in every sort, filled at once or one by one', () => {
    const entries = Array.from({ length: 500 }, (_, n) =>
      doctor(`d${(n * 7919) % 500}`, n % 2 ? 'Karim' : 'Karem', `Nom${n % 10}`, {
        price: { amount: n % 3, currency: 'TND' },
        score: n % 4 || null,
      }),
    );
    const slowly = new DirectoryIndex();
    for (const entry of entries) slowly.put([entry]);
    for (const index of [indexOf(...entries), slowly]) {
      for (const sort of ['relevance', 'price', 'rating', 'availability'] as const) {
        const ids = all(index, { sort, limit: 7 });
        expect([ids.length, new Set(ids).size]).toEqual([500, 500]);
      }
      expect(new Set(all(index, { q: 'karim', limit: 7 })).size).toBe(500);
    }
    expect(all(slowly, { sort: 'price' })).toEqual(all(indexOf(...entries), { sort: 'price' }));
  });

  it('goes on after a doctor who has left meanwhile', () => {
    const index = indexOf(...Array.from({ length: 6 }, (_, n) => doctor(`${n}`, 'A', 'A')));
    const first = index.search({ sort: 'price', limit: 3 });
    index.remove('2');
    index.remove('4');
    expect(index.search({ sort: 'price', limit: 3, after: first.next! }).ids).toEqual(['3', '5']);
  });
});
