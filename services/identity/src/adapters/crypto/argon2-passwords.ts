import { hash, verify } from '@node-rs/argon2';
import { normalisePassword } from '../../domain/password-policy.js';
import { Passwords } from '../../domain/ports.js';

/** OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export class Argon2Passwords extends Passwords {
  private readonly nobody = hash('nobody has this password', cost);

  hash(password: string): Promise<string> {
    return hash(normalisePassword(password), cost);
  }

  async matches(password: string, expected: string | undefined): Promise<boolean> {
    const compared = expected ?? (await this.nobody);
    // As typed too: so older hashes were made.
    for (const form of new Set([normalisePassword(password), password]))
      if (await verify(compared, form)) return expected !== undefined;
    return false;
  }

  async isOutdated(password: string, matching: string): Promise<boolean> {
    const normalised = normalisePassword(password);
    return normalised !== password && !(await verify(matching, normalised));
  }
}
