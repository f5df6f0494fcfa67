import { describe, expect, it } from '@jest/globals';
import { ZxcvbnGuessing } from './zxcvbn-guessing.js';

const guessing = new ZxcvbnGuessing();
const owner = ['amina', 'ben salah', 'salah', 'amina.bensalah@example.tn', 'medflow'];
const score = (password: string) => guessing.score(password, owner);

describe('the estimate of a password', () => {
  it.each([
    'abcdefgh',
    'aaaaaaaa',
    'azerty123456',
    'qwertyuiop1',
    '83920174',
    'motdepasse2026',
    'soleil123',
    'p@ssw0rd1',
    '01/02/1990',
    'amina1990',
    'halaS-1990',
    'medflow-2026',
    'a'.repeat(256),
    'abc'.repeat(80),
  ])('says that « %s » is guessed too soon', (password) => {
    expect(score(password)).toBeLessThan(3);
  });

  it.each([
    'jasmin-bleu-42',
    'figuier-rouge-7',
    'olivier-vert-9',
    'Deux-chevaux-sur-la-plage',
    'Une-clef-pour-les-essais-7',
    'ياسمين أزرق',
    'les sanglots longs des violons de l’automne blessent mon cœur',
    'Xk3vQ9zLmP2s',
  ])('lets « %s » pass', (password) => {
    expect(score(password)).toBeGreaterThanOrEqual(3);
  });

  it('knows what attackers try first', () => {
    expect([guessing.isCommon('motdepasse123'), guessing.isCommon('jasmin-bleu-42')]).toEqual([true, false]);
  });

  it.each([
    ['figures', '0123456789'],
    ['signs that stand for letters', '@4({[<361!|105$7+%2ph'],
    ['everything', 'abcdefghijklmnopqrstuvwxyzABCDEF0123456789!@#$'],
  ])('costs little more at 256 characters than at 40: %s', (_, alphabet) => {
    const random = (length: number) =>
      Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
    const cost = (length: number) => {
      const times = Array.from({ length: 7 }, () => {
        const at = performance.now();
        score(random(length));
        return performance.now() - at;
      });
      return times.sort((a, b) => a - b)[3]!;
    };
    cost(40);
    expect(cost(256) / cost(40)).toBeLessThan(3);
  });
});
