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
    this.schedule(IDLE_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.work;
  }

  private schedule(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => (this.work = this.run()), ms).unref();
  }

  private async run(): Promise<void> {
    try {
      await this.handler.execute();
    } catch (error) {
      this.logger.warn(`mail put off: ${(error as Error).message}`);
    }
    this.schedule(IDLE_MS);
  }
}
