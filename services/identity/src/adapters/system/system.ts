import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { Clock, Randomness } from '../../domain/ports.js';

export class SystemRandomness extends Randomness {
  id(): string {
    return uuid();
  }

  secret(): string {
    return randomBytes(32).toString('base64url');
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
