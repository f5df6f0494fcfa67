import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWorks, type RepeatedWork } from '@medflow/service-kit';
import { InviteToRateHandler } from '../../application/invite-to-rate.js';

/** Nobody waits for the minute in which they are asked. */
const LOOKS_MS = [60_000, 300_000] as const;

/** What time itself brings about. Every replica may run it. */
@Injectable()
export class Jobs implements OnApplicationBootstrap {
  private readonly invitations: RepeatedWork;

  constructor(works: BackgroundWorks, invitations: InviteToRateHandler) {
    const run = async () => void (await invitations.execute());
    this.invitations = works.add({ name: 'feedback.invitations', run, idleMs: LOOKS_MS });
  }

  onApplicationBootstrap(): void {
    this.invitations.start();
  }
}
