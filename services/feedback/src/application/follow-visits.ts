import { Injectable } from '@nestjs/common';
import { type Visit, Visits } from '../domain/visit.js';

/** Keeps up with what scheduling tells of appointments. */
@Injectable()
export class FollowVisitsHandler {
  constructor(private readonly visits: Visits) {}

  execute(visit: Visit, at: Date): Promise<void> {
    return this.visits.follow(visit, at);
  }
}
