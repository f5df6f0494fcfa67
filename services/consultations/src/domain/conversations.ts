import type { Answering } from './answering.js';
import type { Conversation, ConversationState, Message, MessageFile } from './conversation.js';

/** Whose conversations; a scope that no query goes without. */
export interface Participant {
  readonly side: 'doctor' | 'patient';
  readonly id: string;
}

export interface ConversationPage {
  readonly limit: number;
  readonly after?: { readonly at: Date; readonly id: string };
}

export interface MessagePage {
  readonly limit: number;
  /** Messages with a smaller number only. */
  readonly before?: number;
}

export interface Messages {
  /** Newest first. */
  readonly messages: readonly Message[];
  /** The next page's `before`; undefined: there is none. */
  readonly next?: number;
}

export abstract class Conversations {
  /** Opens it, or finds the one that the two have already. */
  abstract open(conversation: Conversation): Promise<{ state: ConversationState; isNew: boolean }>;
  /** As it stands in the ambient transaction, or now. */
  abstract find(id: string): Promise<Conversation | undefined>;
  /** With its new messages, its marks and its facts, in the ambient transaction. @throws ConcurrentChange */
  abstract save(conversation: Conversation): Promise<void>;
  /** Newest first; up to `limit` + 1. */
  abstract list(of: Participant, page: ConversationPage): Promise<ConversationState[]>;
  /** Whom the participant has conversations with, by conversation. */
  abstract others(of: Participant): Promise<ReadonlyMap<string, string>>;
  /** Of their own, by id; newest first. */
  abstract among(of: Participant, ids: readonly string[]): Promise<ConversationState[]>;
  /** Messages that they have not read, in all of their conversations. */
  abstract unread(of: Participant): Promise<number>;
  /** Ids of their conversations in which all of these words were written, at most `limit`. */
  abstract withWords(of: Participant, words: readonly string[], limit: number): Promise<string[]>;
}

/** A message that was sent under a key before. */
export interface SentBefore {
  readonly message: Message;
  /** Of what came with the key. */
  readonly digest: string;
}

export abstract class MessageLog {
  abstract page(conversation: Pick<ConversationState, 'id' | 'last'>, page: MessagePage): Promise<Messages>;
  /** Those in which all the words stand. @param reader by whose index they are looked for */
  abstract search(
    conversationId: string,
    reader: string,
    words: readonly string[],
    page: MessagePage,
  ): Promise<Messages>;
  abstract find(conversationId: string, id: string): Promise<Message | undefined>;
  /** By the id that follows from its key. */
  abstract sentBefore(conversationId: string, id: string): Promise<SentBefore | undefined>;
  /** What tells two requests under one key apart, and nothing of them. */
  abstract digestOf(conversationId: string, parts: readonly string[]): Promise<string>;
  /** Messages of the author after that number. */
  abstract countAfter(conversationId: string, authorId: string, after: number): Promise<number>;
}

export abstract class MessageFiles {
  /** In the ambient transaction. */
  abstract add(conversationId: string, file: MessageFile, content: Uint8Array): Promise<void>;
  /** Its bytes, a piece at a time. */
  abstract read(conversationId: string, file: MessageFile): Promise<AsyncIterable<Uint8Array>>;
}

/** How doctors deal with messages in general. */
export abstract class AnsweringSettings {
  abstract of(doctorId: string): Promise<Answering>;
  abstract keep(doctorId: string, answering: Answering): Promise<void>;
}

/** Makes what can be kept of a file that somebody sends. */
export abstract class FileStudio {
  /** By what it holds, whatever it is called. @throws an error that says that it is neither a PDF nor a picture */
  abstract documentOf(file: Uint8Array): Promise<{ type: MessageFile['type']; content: Uint8Array }>;
}
