import { Injectable } from '@nestjs/common';
import { messagesDeliveredV1, messageSentV1, messagesReadV1, typingV1 } from '@medflow/contracts';
import { LivePublisher, Outbox, type OutgoingEvent } from '@medflow/messaging';
import { MongoTransactions } from '@medflow/service-kit';
import type { ConversationFact, ConversationState, Message, Side } from '../../domain/conversation.js';
import { LiveTyping } from '../../domain/ports.js';
import { ConversationFacts } from '../conversation-facts.js';

type Parties = Pick<ConversationState, 'id' | 'doctorId' | 'patientId'>;
type Told = Pick<Message, 'id' | 'authorId' | 'sentAt' | 'automatic'>;

/** Nothing of what it says. @param number of the message */
export function sentEventOf({ id, doctorId, patientId }: Parties, message: Told, number: number): OutgoingEvent {
  const { authorId, sentAt, automatic } = message;
  const isDoctor = authorId === doctorId;
  const data = {
    conversationId: id,
    messageId: message.id,
    authorId,
    authorRole: isDoctor ? 'doctor' : 'patient',
    recipientId: isDoctor ? patientId : doctorId,
    sentAt: sentAt.toISOString(),
    ...(automatic && { automatic }),
  };
  return { contract: messageSentV1, subject: id, sequence: number, data, time: sentAt };
}

/** @param sequence counts how often this side has read on */
export function readEventOf(parties: Parties, by: Side, upTo: number, at: Date, sequence: number): OutgoingEvent {
  const { id: conversationId, doctorId, patientId } = parties;
  const [readerId, authorId] = by === 'doctor' ? [doctorId, patientId] : [patientId, doctorId];
  const data = { conversationId, readerId, authorId, upTo, readAt: at.toISOString() };
  return { contract: messagesReadV1, subject: `${conversationId}.${by}`, sequence, data, time: at };
}

function deliveredEventOf(parties: Parties, by: Side, upTo: number, at: Date): OutgoingEvent {
  const { id: conversationId, doctorId, patientId } = parties;
  const [recipientId, authorId] = by === 'doctor' ? [doctorId, patientId] : [patientId, doctorId];
  const data = { conversationId, recipientId, authorId, upTo, deliveredAt: at.toISOString() };
  return { contract: messagesDeliveredV1, subject: `${conversationId}.${by}`, sequence: upTo, data, time: at };
}

/** Who wrote and who has read is told for good; what only an open page shows is told to those that are open. */
@Injectable()
export class ConversationPublications extends ConversationFacts {
  constructor(
    private readonly outbox: Outbox,
    private readonly live: LivePublisher,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async append(parties: Parties, facts: readonly ConversationFact[]): Promise<void> {
    const [kept, passing]: [OutgoingEvent[], OutgoingEvent[]] = [[], []];
    for (const fact of facts) {
      if (fact.name === 'sent') kept.push(sentEventOf(parties, fact.message, fact.message.number));
      else if (fact.name === 'read') kept.push(readEventOf(parties, fact.by, fact.upTo, fact.at, fact.sequence));
      else passing.push(deliveredEventOf(parties, fact.by, fact.upTo, fact.at));
    }
    await this.outbox.append(kept);
    if (passing.length > 0) this.transactions.afterCommit(() => this.live.publish(passing));
  }
}

@Injectable()
export class PublishedTyping extends LiveTyping {
  constructor(private readonly live: LivePublisher) {
    super();
  }

  tell(conversationId: string, accountId: string, otherId: string): void {
    const data = { conversationId, accountId, otherId };
    this.live.publish([{ contract: typingV1, subject: conversationId, sequence: Date.now(), data }]);
  }
}
