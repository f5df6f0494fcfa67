import { createHash, randomBytes } from 'node:crypto';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as french from '@zxcvbn-ts/language-fr';
import { MIN_PASSWORD_LENGTH, PasswordGuessing } from '../../domain/password-policy.js';

/** Tried first by who guesses in French, and not in the list. */
const triedFirst = ['motdepasse', 'motdepasse1', 'motdepasse123', 'bonjour123', 'azerty12', 'azerty123', 'azertyuiop'];

/**
 * The work grows with length and with the ways to read figures as letters: so bounded, the worst password takes some
 * 50 ms. What comes after the first 40 characters can only make it stronger.
 */
const JUDGED_LENGTH = 40;
const MAX_SUBSTITUTIONS = 8;

const { 'wikipedia-fr': _, ...frenchWords } = french.dictionary;

/** The word lists are those of web/src/lib/password.ts, so that the page says what the server will. */
const estimator = () =>
  new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...frenchWords } as never,
    graphs: common.adjacencyGraphs as never,
    l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
  });

/** The passwords of public breaches that zxcvbn ships, as far as they are long enough to pass otherwise, and its estimate. */
export class ZxcvbnGuessing extends PasswordGuessing {
  private readonly known = new Set(
    [...(common.dictionary['passwords-common'] as string[]), ...triedFirst].filter(
      ({ length }) => length >= MIN_PASSWORD_LENGTH,
    ),
  );
  /** Made when it is first needed: reading the word lists takes a moment. */
  private estimator: ZxcvbnFactory | undefined;
  private readonly salt = randomBytes(16);
  /** The edge asks, then the domain: once is enough. */
  private last: { question: string; score: number } | undefined;

  isCommon(password: string): boolean {
    return this.known.has(password);
  }

  score(password: string, ownWords: readonly string[]): number {
    const judged = password.slice(0, JUDGED_LENGTH);
    // A digest: passwords do not linger in memory.
    const question = createHash('sha256')
      .update(this.salt)
      .update(JSON.stringify([judged, ownWords]))
      .digest('base64');
    if (this.last?.question === question) return this.last.score;
    this.estimator ??= estimator();
    const { score } = this.estimator.check(judged, [...ownWords]);
    this.last = { question, score };
    return score;
  }
}

export const zxcvbnGuessing: PasswordGuessing = new ZxcvbnGuessing();
