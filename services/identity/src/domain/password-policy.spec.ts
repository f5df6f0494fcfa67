import { describe, expect, it } from '@jest/globals';
import { GuessablePassword, WeakPassword } from './errors.js';
import { checkPassword, isGuessable, PasswordGuessing } from './password-policy.js';

class Listed extends PasswordGuessing {
  asked: { password: string; ownWords: readonly string[] }[] = [];

  constructor(private readonly given = 4) {
    super();
  }

  score(password: string, ownWords: readonly string[]): number {
    this.asked.push({ password, ownWords });
    return this.given;
  }

  isCommon(password: string): boolean {
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

  it.each([0, 1, 2])('refuses what an estimate of %d says is guessed too soon', (score) => {
    const check = () => checkPassword('jasmin-bleu-42', owner, new Listed(score));
    expect(check).toThrow(WeakPassword);
    expect(check).toThrow(expect.objectContaining({ faults: [{ field: 'password', code: 'weak-password' }] }) as never);
  });

  it('takes what is safely unguessable, and has it estimated in one form with what is known of the owner', () => {
    const guessing = new Listed(3);
    checkPassword('ｊasmin-bleu-42', owner, guessing);
    expect(guessing.asked).toEqual([
      {
        password: 'jasmin-bleu-42',
        ownWords: expect.arrayContaining(['amina', 'ben salah', 'salah', 'amina.bensalah', 'medflow']),
      },
    ]);
  });

  it('names the field at fault', () => {
    const check = () => checkPassword('Amina2026!', owner, new Listed(), 'newPassword');
    expect(check).toThrow(GuessablePassword);
    expect(check).toThrow(
      expect.objectContaining({ faults: [{ field: 'newPassword', code: 'common-password' }] }) as never,
    );
  });
});
