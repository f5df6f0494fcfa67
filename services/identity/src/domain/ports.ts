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

export abstract class Digests {
  /** SHA-256, for secrets of 256 random bits: there is nothing to guess, so no slow hash is needed. */
  abstract of(secret: string): string;
  /** HMAC-SHA-256, as long as a secret is. */
  abstract keyed(key: string, text: string): string;
}

/** What is awaited inside takes effect together or not at all, and may be run again from its beginning. */
export abstract class UnitOfWork {
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}

/** Work that nobody waits for: it begins when the answer is on its way, and shutting down waits for it. */
export abstract class Afterwards {
  abstract do(work: () => Promise<void>): void;
}

/** Whether people must prove their address before they commit to anything: the operator's choice. */
export abstract class EmailRule {
  abstract readonly required: boolean;
}
