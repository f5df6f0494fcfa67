import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { Visits } from '../domain/visit.js';

const BATCH = 100;

/** Patients who have not rated a visit a day after it are asked to, once. */
@Injectable()
export class InviteToRateHandler {
  constructor(
    private readonly visits: Visits,
    private readonly clock: Clock,
  ) {}

  /** How many were asked by this call. */
  async execute(): Promise<number> {
    let asked = 0;
    for (;;) {
      const now = this.clock.now();
      const due = await this.visits.uninvited(now, BATCH);
      for (const visit of due) asked += Number(await this.visits.invite(visit, now));
      if (due.length < BATCH) return asked;
    }
  }
}
