import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Afterwards } from '../../domain/ports.js';

@Injectable()
export class AfterTheAnswer extends Afterwards implements OnModuleDestroy {
  private readonly logger = new Logger(AfterTheAnswer.name);
  private readonly underWay = new Set<Promise<void>>();

  do(work: () => Promise<void>): void {
    const done = new Promise<void>((resolve) => setImmediate(resolve))
      .then(work)
      // It may name an address: the message stays out of the log.
      .catch((error: unknown) => this.logger.error(`work after an answer failed: ${(error as Error).name}`))
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
