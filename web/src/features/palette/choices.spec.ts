import { describe, expect, it } from 'vitest';
import { dayFor, choicesFor, stepTo } from './choices';

const pages = ['Tableau de bord', 'Disponibilités', 'Mon profil', 'المفكرة'].map((label) => ({
  to: `/${label}`,
  label,
}));
const found = (typed: string) => choicesFor(typed, pages).map(({ label }) => label);
const day = { language: 'fr', today: '2026-11-30', labelOf: (one: string) => `le ${one}` };

describe('what the palette offers', () => {
  it('is every page while nothing is typed, and those with a word that begins so afterwards', () => {
    expect(found('')).toHaveLength(4);
    expect(found('BORD')).toEqual(['Tableau de bord']);
    expect(found('disponibilite')).toEqual(['Disponibilités']);
    expect(found('tableau de')).toEqual(['Tableau de bord']);
    expect(found('المف')).toEqual(['المفكرة']);
    expect(found('ord')).toEqual([]);
  });

  it('is the day in the agenda where one is typed', () => {
    expect(dayFor('demain', day)).toEqual([{ to: '/agenda?day=2026-12-01', label: 'le 2026-12-01' }]);
    expect(dayFor('amina', day)).toEqual([]);
  });

  it('is gone through around both ends', () => {
    expect([stepTo(2, 1, 3), stepTo(0, -1, 3), stepTo(0, 1, 0)]).toEqual([0, 2, 0]);
  });
});
