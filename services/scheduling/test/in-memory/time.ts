import { Clock } from '../../src/domain/ports.js';
import { minutesAfter } from '../../src/domain/values.js';

/** Lets others go on between any two steps that would be a trip to the database. */
export type Pause = () => Promise<void>;

export class MovedClock extends Clock {
  constructor(private at: Date) {
    super();
  }

  now(): Date {
    return this.at;
  }

  pass(minutes: number): void {
    this.at = minutesAfter(this.at, minutes);
  }
}
