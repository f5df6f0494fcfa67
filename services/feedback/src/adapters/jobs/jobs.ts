import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InviteToRateHandler } from '../../application/invite-to-rate.js';

const INVITE_MS = 60_000;

/** What time itself brings about. The job waits for its own last run, and every replica may run it. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Jobs.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly invitations: InviteToRateHandler) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.invite().finally(() => (this.running = undefined));
    }, INVITE_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async invite(): Promise<void> {
    try {
      await this.invitations.execute();
    } catch (error) {
      this.logger.warn(`job put off: ${(error as Error).message}`);
    }
  }
}
