import { describe, expect, it } from 'vitest';
import { lastDays } from '../../lib/period';
import { queryOf } from './period';

describe('a period of income', () => {
  it('counts today as one of its days', () => {
    expect(lastDays(7, '2026-11-23')).toEqual({ from: '2026-11-17', to: '2026-11-23' });
    expect(lastDays(30, '2026-03-01')).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  });

  it('ends after its last day, in the time zone of the viewer', () => {
    const { from, to } = queryOf({ from: '2026-11-17', to: '2026-11-23' });
    expect(new Date(from!)).toEqual(new Date(2026, 10, 17));
    expect(new Date(to!)).toEqual(new Date(2026, 10, 24));
  });

  it('is open where no day is given', () => {
    expect(queryOf({ from: '', to: '' })).toEqual({});
  });
});
