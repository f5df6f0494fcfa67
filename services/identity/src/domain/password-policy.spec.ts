import { describe, expect, it } from '@jest/globals';
import { WeakPassword } from './errors.js';
import { checkPassword, CommonPasswords } from './password-policy.js';

class Listed extends CommonPasswords {
  includes(password: string): boolean {
    return password === 'azerty123';
  }
}

const person = { email: 'amina.bensalah@example.tn', firstName: 'Amina', lastName: 'Ben Salah' };
const codeOf = (password: string): string | undefined => {
  try {
    checkPassword(password, person, new Listed());
    return undefined;
  } catch (error) {
    return (error as WeakPassword).faults[0]?.code;
  }
};

describe('password policy', () => {
  it.each([
    ['azerty123', 'common-password'],
    ['AZERTY123', 'common-password'],
    ['Amina Ben Salah', 'password-is-personal'],
    ['amina.bensalah', 'password-is-personal'],
    ['amina.bensalah@example.tn', 'password-is-personal'],
    ['jasmin-bleu-42', undefined],
  ])('%s → %s', (password, code) => {
    expect(codeOf(password)).toBe(code);
  });
});
