import { v7 as uuid } from 'uuid';
import { Clock, Ids } from '../../domain/ports.js';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

export class UuidIds extends Ids {
  next(): string {
    return uuid();
  }
}
