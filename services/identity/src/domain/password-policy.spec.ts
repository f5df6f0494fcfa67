import { describe, expect, it } from '@jest/globals';
import { GuessablePassword } from './errors.js';
import { checkPassword, CommonPasswords, isGuessable } from './password-policy.js';

class Listed extends CommonPasswords {
  includes(password: string): boolean {
    return password === 'azerty123';
  }
}

const owner = { email: 'amina.bensalah@example.tn', firstName: 'Amina', lastName: 'Ben Salah' };
const guessable = (password: string): boolean => isGuessable(password, owner, new Listed());

describe('password policy', () => {
  it.each([
    'azerty123',
    'AZERTY123',
    'ａｚｅｒｔｙ１２３',
    'Amina Ben Salah',
    'bensalah-amina',
    'Amina2026!',
    'amina.bensalah',
    'amina.bensalah@example.tn',
    'medflow123',
    'MedFlow2026!',
  ])('refuses « %s », which others would guess', (password) => {
    expect(guessable(password)).toBe(true);
  });

  it.each(['jasmin-bleu-42', 'amina aime le jasmin', '83920174', 'ياسمين أزرق'])('takes « %s »', (password) => {
    expect(guessable(password)).toBe(false);
  });

  it('does not take a missing name for a match', () => {
    expect(isGuessable('8392-0174', { email: '', firstName: '', lastName: '' }, new Listed())).toBe(false);
  });

  it('names the field at fault', () => {
    const check = () => checkPassword('Amina2026!', owner, new Listed(), 'newPassword');
    expect(check).toThrow(GuessablePassword);
    expect(check).toThrow(
      expect.objectContaining({ faults: [{ field: 'newPassword', code: 'common-password' }] }) as never,
    );
  });
});
