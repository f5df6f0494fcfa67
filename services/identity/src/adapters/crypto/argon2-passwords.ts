import { hash, verify } from '@node-rs/argon2';
import { Passwords } from '../../domain/ports.js';

/** OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export class Argon2Passwords extends Passwords {
  private readonly nobody = hash('nobody has this password', cost);

  hash(password: string): Promise<string> {
    return hash(password, cost);
  }

  async matches(password: string, expected: string | undefined): Promise<boolean> {
    const matches = await verify(expected ?? (await this.nobody), password);
    return expected !== undefined && matches;
  }
}
