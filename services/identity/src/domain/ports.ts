export abstract class Clock {
  abstract now(): Date;
}

/** Identifiers and secrets. */
export abstract class Randomness {
  /** Unique and time-ordered. */
  abstract id(): string;
  /** 256 bits, base64url. */
  abstract secret(): string;
}

/** Argon2id over the one form of a password, see `normalisePassword`. */
export abstract class Passwords {
  abstract hash(password: string): Promise<string>;
  /** Takes as long without a hash as with one: an unknown e-mail must not answer faster. */
  abstract matches(password: string, hash: string | undefined): Promise<boolean>;
  /** True when the hash, which the password matches, was made of it as typed: it is to be made anew. */
  abstract isOutdated(password: string, hash: string): Promise<boolean>;
}

/** HMAC-SHA-256. */
export abstract class Digests {
  abstract keyed(key: string, text: string): string;
}
