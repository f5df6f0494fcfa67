import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { readRefreshToken, Sessions } from '../domain/session.js';

@Injectable()
export class LogoutHandler {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Ends the session of the token, used before or not; nothing to end is fine. */
  async execute(refreshToken: string | undefined): Promise<void> {
    const presented = readRefreshToken(refreshToken);
    if (presented) await this.sessions.close(presented.id, this.clock.now());
  }
}
