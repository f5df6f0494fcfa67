import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWorks, type RepeatedWork } from '@medflow/service-kit';
import { SendMailHandler } from '../../application/send-mail.js';
import { MailWake } from './wake.js';

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
    wake: MailWake,
    private readonly handler: SendMailHandler,
  ) {
    this.work = works.add({ name: 'notifications.mail', run: (stopping) => this.run(stopping) });
    wake.listen(() => this.work.nudge());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  private async run(stopping: AbortSignal): Promise<Date | undefined> {
    const failures = await this.handler.execute(() => stopping.aborted);
    for (const { id, gaveUp } of failures) if (gaveUp) this.logger.error(`letter ${id} was given up after a day`);
    // Servers' words may name an address: they stay with the letter, out of the logs.
    if (failures.length > 0) this.logger.warn(`${failures.length} letters could not be sent now`);
    return this.handler.nextDue();
  }
}
