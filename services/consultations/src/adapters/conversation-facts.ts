import type { ConversationFact, ConversationState } from '../domain/conversation.js';

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class ConversationFacts {
  abstract append(
    conversation: Pick<ConversationState, 'id' | 'doctorId' | 'patientId'>,
    facts: readonly ConversationFact[],
  ): Promise<void>;
}
