import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SendMailHandler } from '../../application/send-mail.js';

const IDLE_MS = 1_000;

/** Sends what waits, one batch at a time; every replica may run it. */
@Injectable()
export class MailSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MailSender.name);
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly handler: SendMailHandler) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** Resolves when the letters under way are sent; the others are handed back. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.work;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => (this.work = this.run()), IDLE_MS).unref();
  }

  private async run(): Promise<void> {
    try {
      const failures = await this.handler.execute(() => this.stopped);
      for (const { id, gaveUp } of failures) if (gaveUp) this.logger.error(`letter ${id} was given up after a day`);
      // Servers' words may name an address: they stay with the letter, out of the logs.
      if (failures.length > 0) this.logger.warn(`${failures.length} letters could not be sent now`);
    } catch (error) {
      this.logger.warn(`mail put off: ${(error as Error).message}`);
    }
    this.schedule();
  }
}
