import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { type Session, Sessions } from '../domain/session.js';

/** The devices on which somebody is signed in. */
@Injectable()
export class SessionsHandler {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  list(accountId: string): Promise<Session[]> {
    return this.sessions.ofAccount(accountId, this.clock.now());
  }

  /** False from the moment that the session is over. */
  async isOpen(id: string): Promise<boolean> {
    return (await this.sessions.byId(id, this.clock.now())) !== undefined;
  }
}
