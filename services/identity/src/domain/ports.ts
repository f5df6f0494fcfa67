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

/** Argon2id. */
export abstract class Passwords {
  abstract hash(password: string): Promise<string>;
  /** Takes as long without a hash as with one: an unknown e-mail must not answer faster. */
  abstract matches(password: string, hash: string | undefined): Promise<boolean>;
}

export abstract class Digests {
  /** SHA-256, for secrets of 256 random bits: there is nothing to guess, so no slow hash is needed. */
  abstract of(secret: string): string;
  /** HMAC-SHA-256, as long as a secret is. */
  abstract keyed(key: string, text: string): string;
}
