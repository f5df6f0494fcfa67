/** How long after its replacement a refresh secret is good once more: an answer was lost, or two tabs asked at once. */
export const GRACE_MS = 20_000;

/**
 * What a session keeps of its refresh secrets: digests only. The secrets form one line: each follows from the one before it
 * by a salt that is drawn anew at every replacement, so that whoever presents the previous secret once more is given the
 * same successor as the first time, and never a second line beside it.
 */
export interface RefreshSecrets {
  /** Digest of the one secret that is replaced when it is presented. */
  readonly newest: string;
  readonly previous?: {
    readonly digest: string;
    /** Makes the newest secret out of the previous one. */
    readonly salt: string;
    readonly replacedAt: Date;
    /** Its grace is used up. */
    readonly repeated: boolean;
  };
}

/** What becomes of a presented secret: it is replaced, its answer is given again, or its session ends for everybody. */
export type RefreshDecision = 'replace' | 'repeat' | 'end';

/**
 * Any secret but the newest is an old one in the wrong hands, or the owner's after a theft (RFC 9700 §4.14.2), except the
 * one before it, once, a moment after its replacement.
 * @param presented digest of the secret
 */
export function decideRefresh({ newest, previous }: RefreshSecrets, presented: string, now: Date): RefreshDecision {
  if (presented === newest) return 'replace';
  if (presented !== previous?.digest || previous.repeated) return 'end';
  return now.getTime() - previous.replacedAt.getTime() < GRACE_MS ? 'repeat' : 'end';
}

/** After the newest secret was replaced by the one that the salt makes of it. */
export const replaced = (
  { newest }: RefreshSecrets,
  successor: { digest: string; salt: string },
  now: Date,
): RefreshSecrets => ({
  newest: successor.digest,
  previous: { digest: newest, salt: successor.salt, replacedAt: now, repeated: false },
});

/** After the answer to the previous secret was given again. */
export const repeated = (secrets: RefreshSecrets): RefreshSecrets =>
  secrets.previous ? { ...secrets, previous: { ...secrets.previous, repeated: true } } : secrets;
