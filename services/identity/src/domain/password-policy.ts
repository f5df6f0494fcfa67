import { GuessablePassword, WeakPassword } from './errors.js';

/** NIST SP 800-63B §5.1.1.2: length, a list of known passwords and an estimate, no rules of composition. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 256;
/** zxcvbn's third step: more than 10⁸ guesses, « safely unguessable » where a slow hash guards it. */
export const MIN_PASSWORD_SCORE = 3;

/** What is known of how passwords are guessed. */
export abstract class PasswordGuessing {
  /** True when attackers try it first. @param password in lower case */
  abstract isCommon(password: string): boolean;
  /** From 0 (guessed at once) to 4. @param ownWords what is known of the owner, tried early too */
  abstract score(password: string, ownWords: readonly string[]): number;
}

export interface PasswordOwner {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** Two ways of typing one password are one: it is compared, judged and hashed in this form. */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '');

/** The owner's names and address, and ours, in lower case. */
function obviousWords({ email, firstName, lastName }: PasswordOwner): string[] {
  const [address, first, last] = [email, firstName, lastName].map((text) => text.toLowerCase()) as [
    string,
    string,
    string,
  ];
  const [local = ''] = address.split('@');
  return [address, local, first, last, first + last, last + first, 'medflow'];
}

/** True for common passwords, and for the owner's names or address, or ours, with figures and signs around them. */
export function isGuessable(
  password: string,
  owner: PasswordOwner,
  guessing: Pick<PasswordGuessing, 'isCommon'>,
): boolean {
  const plain = normalisePassword(password).toLowerCase();
  if (guessing.isCommon(plain)) return true;
  // Without letters there is nothing to compare: « 20261123 » is no name.
  const bare = letters(plain);
  return obviousWords(owner).some((text) => text === plain || (bare !== '' && letters(text) === bare));
}

/** True for what falls to a patient guesser: repetition, keyboard rows, dates, few or common words. */
export function isWeak(password: string, owner: PasswordOwner, guessing: PasswordGuessing): boolean {
  const words = obviousWords(owner);
  // « Ben Salah » is tried as « salah », too.
  const parts = words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter(({ length }) => length > 2);
  const known = [...new Set([...words, ...parts])].filter((word) => word !== '');
  return guessing.score(normalisePassword(password), known) < MIN_PASSWORD_SCORE;
}

/** @throws GuessablePassword, WeakPassword, each naming the `field` */
export function checkPassword(
  password: string,
  owner: PasswordOwner,
  guessing: PasswordGuessing,
  field = 'password',
): void {
  if (isGuessable(password, owner, guessing)) throw new GuessablePassword(field);
  if (isWeak(password, owner, guessing)) throw new WeakPassword(field);
}
