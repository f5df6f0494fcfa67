import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { inviteAt, type Visit, Visits } from '../domain/visit.js';

/** Keeps up with what scheduling tells of appointments. */
@Injectable()
export class FollowVisitsHandler {
  constructor(
    private readonly visits: Visits,
    private readonly clock: Clock,
  ) {}

  /** @param isAgain told again: whose day to be asked has passed is not asked any more */
  execute(visit: Visit, at: Date, isAgain = false): Promise<void> {
    const invitesAt = visit.status === 'completed' ? inviteAt(at) : undefined;
    const isPast = isAgain && invitesAt !== undefined && invitesAt <= this.clock.now();
    return this.visits.follow(visit, isPast ? undefined : invitesAt);
  }
}
