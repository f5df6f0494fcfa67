import { beginningsOf, folded, lookedUp, wordsOf } from './words.js';

describe('words of an entry', () => {
  it('are the same whatever their accents, case and Arabic signs', () => {
    expect(folded('Pénicilline ÉTÉ')).toBe('penicilline ete');
    expect(folded('حَسَاسِيَّة')).toBe(folded('حساسيه'));
    expect(folded('أدوية')).toBe(folded('ادويه'));
    expect(wordsOf('I10, fièvre-aphteuse !')).toEqual(['i10', 'fievre', 'aphteuse']);
  });

  it('are found by their beginnings of three to eight letters', () => {
    expect(beginningsOf('Asthme')).toEqual(['ast', 'asth', 'asthm', 'asthme']);
    expect(beginningsOf('B12 à')).toEqual(['b12', 'a']);
    expect(lookedUp('Hypertension art')).toEqual(['hyperten', 'art']);
    expect(beginningsOf('Hypertension')).toContain('hyperten');
  });
});
