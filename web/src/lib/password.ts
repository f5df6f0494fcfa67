import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** zxcvbn's third step, which the server demands. */
export const MIN_SCORE = 3;
/** As on the server (services/identity/src/adapters/crypto/zxcvbn-guessing.ts), so that the page says what it will say. */
const JUDGED_LENGTH = 40;
const MAX_SUBSTITUTIONS = 8;

export interface PasswordOwner {
  email: string;
  firstName: string;
  lastName: string;
}

/** The estimator and its word lists are large: they come when the first character is typed. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, words, firstNames, lastNames, sequences] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    // File by file: the whole package brings as much again of an encyclopaedia.
    import('@zxcvbn-ts/language-fr/dist/commonWords.json.mjs'),
    import('@zxcvbn-ts/language-fr/dist/firstnames.json.mjs'),
    import('@zxcvbn-ts/language-fr/dist/lastnames.json.mjs'),
    import('@zxcvbn-ts/language-fr/dist/wordSequences.json.mjs'),
  ]);
  const french = {
    'commonWords-fr': words.default,
    'firstnames-fr': firstNames.default,
    'lastnames-fr': lastNames.default,
    ...sequences.default,
  };
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...french } as never,
    graphs: common.adjacencyGraphs as never,
    l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
  });
}

let loading: Promise<ZxcvbnFactory> | undefined;

/** The owner's names and address, whole and in parts, and ours: tried early by who guesses. */
export function ownWords({ email, firstName, lastName }: PasswordOwner): string[] {
  const [address, first, last] = [email, firstName, lastName].map((text) => text.trim().toLowerCase()) as [
    string,
    string,
    string,
  ];
  const words = [address, address.split('@')[0]!, first, last, first + last, last + first, 'medflow'];
  const parts = words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter(({ length }) => length > 2);
  return [...new Set([...words, ...parts])].filter((word) => word !== '');
}

/** From 0 (guessed at once) to 4. @throws Error when the word lists cannot be had now */
export async function scoreOf(password: string, owner: PasswordOwner): Promise<number> {
  loading ??= load();
  loading.catch(() => (loading = undefined));
  const estimator = await loading;
  return estimator.check(password.normalize('NFKC').slice(0, JUDGED_LENGTH), ownWords(owner)).score;
}

/** False also where nothing can be said here: the server decides. */
export const isWeak = (password: string, owner: PasswordOwner): Promise<boolean> =>
  scoreOf(password, owner).then(
    (score) => score < MIN_SCORE,
    () => false,
  );
