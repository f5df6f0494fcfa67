import { Injectable } from '@nestjs/common';
import { sessionEndedV1 } from '@medflow/contracts';
import { Outbox } from '@medflow/messaging';
import { type EndedSession, SessionFacts } from '../../domain/ended-session.js';

@Injectable()
export class SessionPublications extends SessionFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  ended(sessions: readonly EndedSession[]): Promise<void> {
    return this.outbox.append(
      sessions.map(({ id, accountId, endedAt }) => ({
        contract: sessionEndedV1,
        subject: id,
        sequence: 1,
        time: endedAt,
        data: { sessionId: id, accountId },
      })),
    );
  }
}
