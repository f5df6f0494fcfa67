import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { takeFirstData } from './first-data';

const pageWith = (data?: object) =>
  ({
    getElementById: (id: string) => (data && id === 'first-data' ? { textContent: JSON.stringify(data) } : null),
  }) as unknown as Document;

describe('what a page brought along', () => {
  it('is known of a doctor before it is asked for', () => {
    const queries = new QueryClient();
    takeFirstData(queries, pageWith({ doctor: { id: 'd1', firstName: 'Leïla' } }));
    expect(queries.getQueryData(['doctor', 'd1'])).toMatchObject({ firstName: 'Leïla' });
    expect(queries.isFetching()).toBe(0);
  });

  it('is the first page of the search that was asked for, in whatever order its filters came', () => {
    const queries = new QueryClient();
    const page = { items: [], nextCursor: null };
    takeFirstData(queries, pageWith({ directory: { query: { city: 'Tunis', q: 'cardio' }, page } }));
    expect(queries.getQueryData(['directory', { q: 'cardio', city: 'Tunis' }])).toEqual({
      pages: [page],
      pageParams: [''],
    });
    expect(queries.getQueryData(['directory', {}])).toBeUndefined();
  });

  it('may be nothing', () => {
    const queries = new QueryClient();
    takeFirstData(queries, pageWith());
    expect(queries.getQueryCache().getAll()).toEqual([]);
  });
});
