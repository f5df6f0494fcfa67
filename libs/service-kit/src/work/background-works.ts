import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseHealth } from '../mongo/database-health.js';
import { RepeatedWork, type RepeatedWorkOptions } from './repeated-work.js';

/** The work that a service does by itself on its database; it ends before the database goes. */
@Injectable()
export class BackgroundWorks implements OnModuleDestroy {
  private readonly works = new Set<RepeatedWork>();

  constructor(health: DatabaseHealth) {
    // A database that answers again need not be waited for any longer.
    health.back.subscribe(() => this.works.forEach((work) => work.retry()));
  }

  /** Not started yet. */
  add(options: RepeatedWorkOptions): RepeatedWork {
    const work = new RepeatedWork(options);
    this.works.add(work);
    return work;
  }

  /** What is under way is finished. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.works].map((work) => work.stop()));
  }
}
