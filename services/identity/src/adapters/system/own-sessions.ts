import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EndedSessions } from '@medflow/service-kit';
import { SessionsHandler } from '../../application/sessions.js';

/** Identity itself looks every session up that an access token names: what ended a moment ago is refused on every replica. */
@Injectable()
export class OwnSessions implements OnModuleInit {
  constructor(
    private readonly ended: EndedSessions,
    private readonly sessions: SessionsHandler,
  ) {}

  onModuleInit(): void {
    this.ended.register(async (id) => !(await this.sessions.isOpen(id)));
  }
}
