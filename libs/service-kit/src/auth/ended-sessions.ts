import { Injectable } from '@nestjs/common';

/** @returns whether the session is over, although access tokens of it have not expired yet */
export type EndedSessionLookup = (sessionId: string) => boolean | Promise<boolean>;

/**
 * Sessions whose access tokens are refused before they expire. Identity knows them and the gateway is told of them: these
 * register how they know. Services behind the gateway are reached through it alone and know of none.
 */
@Injectable()
export class EndedSessions {
  private lookup: EndedSessionLookup = () => false;

  register(lookup: EndedSessionLookup): void {
    this.lookup = lookup;
  }

  includes(sessionId: string): boolean | Promise<boolean> {
    return this.lookup(sessionId);
  }
}
