import { Injectable } from '@nestjs/common';
import type { EndedSession } from '../domain/ended-session.js';
import { SessionNotFound } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { Sessions } from '../domain/session.js';

/** What is written in a transaction becomes visible some time after the moment that it names. */
const LATENESS_MS = 30_000;

/**
 * Every way in which sessions end. Their refresh tokens are worthless at once; their access tokens are refused by
 * identity at once, and by the gateway as soon as it hears of it.
 */
@Injectable()
export class SessionEnds {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Signs the account out on one device. @throws SessionNotFound */
  async oneOf(accountId: string, id: string): Promise<void> {
    if (!(await this.sessions.closeOf(accountId, id, this.clock.now()))) throw new SessionNotFound(id);
  }

  /** Signs the account out on every device but one. */
  othersOf(accountId: string, keptId: string): Promise<void> {
    return this.sessions.closeOthers(accountId, keptId, this.clock.now());
  }

  /** Signs the account out everywhere; part of the caller's transaction, if there is one. */
  ofAccount(accountId: string): Promise<void> {
    return this.sessions.closeAll(accountId, this.clock.now());
  }

  /**
   * The sessions that ended after `since`, or a little before, and whose access tokens have not expired yet.
   * @param since an earlier `asOf`; without one: all of them
   */
  async since(since: Date | undefined): Promise<{ asOf: Date; ended: EndedSession[] }> {
    const asOf = this.clock.now();
    const from = new Date(since ? since.getTime() - LATENESS_MS : 0);
    return { asOf, ended: await this.sessions.ended(from, asOf) };
  }
}
