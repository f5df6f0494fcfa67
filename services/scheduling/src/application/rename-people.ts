import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { type Rename, Renames } from '../domain/renames.js';
import { minutesAfter } from '../domain/values.js';
import { each } from './each.js';

const PEOPLE = 20;
const BATCH = 200;
const LEASE_MINUTES = 2;
/** Names are remembered for a minute: what was booked with the old one is there by then. */
const SECOND_LOOK_MINUTES = 2;

/**
 * Has the appointments of people follow their names: a batch at a time, so that nobody waits for all that somebody ever had. What a
 * crash leaves undone is due again when the lease is over, and what has the name already is passed over.
 */
@Injectable()
export class RenamePeopleHandler {
  constructor(
    private readonly renames: Renames,
    private readonly clock: Clock,
  ) {}

  /** @returns when there is more to do, as far as is known */
  async execute(): Promise<Date | undefined> {
    const now = this.clock.now();
    const { renames, next } = await this.renames.claim(now, minutesAfter(now, LEASE_MINUTES), PEOPLE);
    await each(renames, (rename) => this.apply(rename, now));
    // When those that were claimed are due again is seen by looking.
    return renames.length > 0 ? now : next;
  }

  private async apply(rename: Rename, now: Date): Promise<void> {
    let from: Date | undefined;
    do from = await this.renames.apply(rename, BATCH, from);
    while (from);
    const second = minutesAfter(rename.since, SECOND_LOOK_MINUTES);
    await this.renames.end(rename, second > now ? second : undefined);
  }
}
