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

  /** How many were asked by this call. @throws the first failure, once the others have been asked */
  async execute(): Promise<number> {
    let asked = 0;
    for (;;) {
      const now = this.clock.now();
      const due = await this.visits.uninvited(now, BATCH);
      const failures: unknown[] = [];
      for (const visit of due) {
        try {
          asked += Number(await this.visits.invite(visit, now));
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
      if (due.length < BATCH) return asked;
    }
  }
}
