import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWorks, type Next, type RepeatedWork } from '@medflow/service-kit';
import { type MailFailure, SendMailHandler } from '../../application/send-mail.js';
import { MailQueued } from './mail-queued.js';

/** From when nothing more was due to the next look: letters that are queued meanwhile go together. */
const GAP_MS = 250;
/** So that replicas, which know the same time, do not look at the same moment and each send a part of what belongs together. */
const APART_MS = 500;

/**
 * Sends what waits, one batch at a time, as soon as it is written and then when it is due again; every replica may run it.
 * At the end the letters under way are sent and the others handed back.
 */
@Injectable()
export class MailSender implements OnApplicationBootstrap {
  private readonly logger = new Logger(MailSender.name);
  private readonly work: RepeatedWork;

  constructor(
    works: BackgroundWorks,
    queued: MailQueued,
    private readonly handler: SendMailHandler,
  ) {
    this.work = works.add({ name: 'notifications.mail', run: (stopping) => this.run(stopping), gapMs: GAP_MS });
    queued.listen(() => this.work.nudge());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  private async run(stopping: AbortSignal): Promise<Next> {
    for (;;) {
      const { failures, next, isMore } = await this.handler.execute(() => stopping.aborted);
      this.tellOf(failures);
      // What is claimed already is handed back by the next turn where this is to end.
      if (!isMore) return next instanceof Date ? new Date(next.getTime() + Math.random() * APART_MS) : next;
    }
  }

  private tellOf(failures: readonly MailFailure[]): void {
    for (const { id, gaveUp } of failures) if (gaveUp) this.logger.error(`letter ${id} was given up after a day`);
    // Servers' words may name an address: they stay with the letter, out of the logs.
    if (failures.length > 0) this.logger.warn(`${failures.length} letters could not be sent now`);
  }
}
