import { Injectable } from '@nestjs/common';
import { readRefreshToken, Sessions } from '../domain/session.js';

@Injectable()
export class LogoutHandler {
  constructor(private readonly sessions: Sessions) {}

  /** Ends the session of the token, used before or not; nothing to end is fine. */
  async execute(refreshToken: string | undefined): Promise<void> {
    const presented = readRefreshToken(refreshToken);
    if (presented) await this.sessions.close(presented.id);
  }
}
