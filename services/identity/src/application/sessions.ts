import { Injectable } from '@nestjs/common';
import { SessionNotFound } from '../domain/errors.js';
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

  /** Its refresh token is worthless at once, its access token within ten minutes. @throws SessionNotFound */
  async close(accountId: string, id: string): Promise<void> {
    if (!(await this.sessions.closeOf(accountId, id))) throw new SessionNotFound(id);
  }

  /** Signs out everywhere else. */
  closeOthers(accountId: string, keptId: string): Promise<void> {
    return this.sessions.closeOthers(accountId, keptId);
  }
}
