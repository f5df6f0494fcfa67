import { describe, expect, it } from 'vitest';
import { isWeak, ownWords } from './password';

const owner = { email: 'amina.bensalah@example.tn', firstName: 'Amina', lastName: 'Ben Salah' };

describe('a password', () => {
  it.each(['abcdefgh', 'aaaaaaaa', 'azerty123456', '83920174', 'soleil123', 'halaS-1990', 'medflow-2026'])(
    'is weak where the server says so: %s',
    async (password) => {
      expect(await isWeak(password, owner)).toBe(true);
    },
  );

  it.each(['jasmin-bleu-42', 'Deux-chevaux-sur-la-plage', 'ياسمين أزرق', 'Xk3vQ9zLmP2s'])(
    'passes where the server lets it: %s',
    async (password) => {
      expect(await isWeak(password, owner)).toBe(false);
    },
  );

  it('is judged with what is known of its owner', () => {
    expect(ownWords(owner)).toEqual(
      expect.arrayContaining(['amina.bensalah', 'amina', 'ben salah', 'salah', 'medflow']),
    );
    expect(ownWords({ email: '', firstName: '', lastName: '' })).toEqual(['medflow']);
  });
});
