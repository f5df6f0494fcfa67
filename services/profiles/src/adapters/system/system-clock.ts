import { Clock } from '../../domain/ports.js';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
