import type { AccountSubject } from '@medflow/access';
import { People, type Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import type { Answering } from '../domain/answering.js';
import {
  answeringOf,
  type ConversationState,
  type Message,
  type MessageFile,
  obstacleTo,
  otherOf,
  sideOf,
} from '../domain/conversation.js';
import { ConversationNotFound } from '../domain/conversation-errors.js';
import {
  AnsweringSettings,
  type ConversationPage,
  Conversations,
  MessageFiles,
  MessageLog,
  type MessagePage,
  type Participant,
} from '../domain/conversations.js';
import { Clock } from '../domain/ports.js';
import { isFoundIn, wordsOf } from '../domain/words.js';
import { ConversationCircumstances } from './conversation-circumstances.js';

/** A conversation as one of the two sees it. */
export interface SeenConversation {
  readonly state: ConversationState;
  readonly with: Person;
  /** Of the last message, if there is one. */
  readonly author: Person | undefined;
  readonly unread: number;
}

export interface OpenedConversation extends SeenConversation {
  /** Code of what keeps the reader from writing; null: nothing. */
  readonly obstacle: string | null;
  readonly answering: Answering;
}

export interface NamedMessages {
  readonly messages: readonly Message[];
  readonly people: ReadonlyMap<string, Person>;
  readonly next?: number;
}

/** Conversations that a search finds at most: whoever has more searches more narrowly. */
const MOST_FOUND = 100;

const participantOf = ({ id, role }: AccountSubject): Participant => ({ id, side: role as Participant['side'] });

@Injectable()
export class ReadConversationsHandler {
  constructor(
    private readonly conversations: Conversations,
    private readonly log: MessageLog,
    private readonly files: MessageFiles,
    private readonly settings: AnsweringSettings,
    private readonly circumstances: ConversationCircumstances,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** Up to `page.limit` + 1, newest first, and how many messages are unread in all. */
  async list(by: AccountSubject, page: ConversationPage): Promise<{ items: SeenConversation[]; unread: number }> {
    const of = participantOf(by);
    const [states, unread] = await Promise.all([this.conversations.list(of, page), this.conversations.unread(of)]);
    return { items: await this.seen(by, states), unread };
  }

  /** Those with people of that name, and those in which all the words were written. */
  async search(by: AccountSubject, text: string): Promise<{ items: SeenConversation[]; unread: number }> {
    const of = participantOf(by);
    const words = wordsOf(text);
    if (words.length === 0) return { items: [], unread: await this.conversations.unread(of) };
    const [named, written, unread] = await Promise.all([
      this.named(of, words),
      this.conversations.withWords(of, words, MOST_FOUND),
      this.conversations.unread(of),
    ]);
    const ids = [...new Set([...named, ...written])].slice(0, MOST_FOUND);
    return { items: await this.seen(by, await this.conversations.among(of, ids)), unread };
  }

  /** @throws ConversationNotFound, NotTheirs */
  async one(by: AccountSubject, id: string): Promise<OpenedConversation> {
    return this.opened(by, await this.expected(by, id));
  }

  async opened(by: AccountSubject, state: ConversationState): Promise<OpenedConversation> {
    const [[seen], circumstances] = await Promise.all([
      this.seen(by, [state]),
      this.circumstances.of(state, this.clock.now()),
    ]);
    const obstacle = obstacleTo(state, sideOf(state, by.id), circumstances);
    return { ...seen!, obstacle: obstacle?.code ?? null, answering: answeringOf(state, circumstances.answering) };
  }

  /** @throws ConversationNotFound, NotTheirs */
  async messages(by: AccountSubject, id: string, page: MessagePage, text?: string): Promise<NamedMessages> {
    const state = await this.expected(by, id);
    const words = text === undefined ? [] : wordsOf(text);
    if (text !== undefined && words.length === 0) return { messages: [], people: new Map() };
    const found = words.length > 0 ? this.log.search(id, by.id, words, page) : this.log.page(state, page);
    const [messages, people] = await Promise.all([found, this.people.find([state.doctorId, state.patientId])]);
    return { ...messages, people };
  }

  /** @throws ConversationNotFound, NotTheirs */
  async file(
    by: AccountSubject,
    { id, messageId, fileId }: { id: string; messageId: string; fileId: string },
  ): Promise<{ file: MessageFile; content: AsyncIterable<Uint8Array> }> {
    await this.expected(by, id);
    const message = await this.log.find(id, messageId);
    const file = message?.files.find((one) => one.id === fileId);
    if (!file) throw new ConversationNotFound('file');
    return { file, content: await this.files.read(id, file) };
  }

  /** Of the doctor. */
  answering({ id }: AccountSubject): Promise<Answering> {
    return this.settings.of(id);
  }

  async answerBy({ id }: AccountSubject, answering: Answering): Promise<Answering> {
    await this.settings.keep(id, answering);
    return answering;
  }

  /** Who else is in the conversation; undefined: the account is not. */
  async otherIn(id: string, accountId: string): Promise<string | undefined> {
    const state = (await this.conversations.find(id))?.state;
    const isIn = state && (state.doctorId === accountId || state.patientId === accountId);
    return isIn ? otherOf(state, accountId) : undefined;
  }

  private async expected(by: AccountSubject, id: string): Promise<ConversationState> {
    const state = (await this.conversations.find(id))?.state;
    if (!state) throw new ConversationNotFound(id);
    access.expect(by, 'read', 'conversation', state);
    return state;
  }

  private async named(of: Participant, words: readonly string[]): Promise<string[]> {
    const others = await this.conversations.others(of);
    const people = await this.people.find([...others.values()]);
    return [...others].flatMap(([id, otherId]) => {
      const { firstName, lastName } = people.get(otherId)!;
      return isFoundIn(`${firstName} ${lastName}`, words) ? [id] : [];
    });
  }

  private async seen(by: AccountSubject, states: readonly ConversationState[]): Promise<SeenConversation[]> {
    const people = await this.people.find([by.id, ...states.map((state) => otherOf(state, by.id))]);
    return states.map((state) => ({
      state,
      with: people.get(otherOf(state, by.id))!,
      author: state.lastMessage ? people.get(state.lastMessage.authorId) : undefined,
      unread: state[sideOf(state, by.id)].unread,
    }));
  }
}
