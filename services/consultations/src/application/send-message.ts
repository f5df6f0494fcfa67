import { createHash } from 'node:crypto';
import type { AccountSubject } from '@medflow/access';
import { People } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { wallTimeOf } from '../domain/answering.js';
import { type DraftFile, type Message, sideOf } from '../domain/conversation.js';
import { ConversationNotFound, MessageKeyReused } from '../domain/conversation-errors.js';
import { Conversations, FileStudio, MessageLog } from '../domain/conversations.js';
import { Ids } from '../domain/ports.js';
import { fileNameOf } from '../domain/file-name.js';
import { ChangeConversationHandler } from './change-conversation.js';
import { ConversationCircumstances } from './conversation-circumstances.js';

export interface SendMessage {
  readonly by: AccountSubject;
  readonly conversationId: string;
  readonly text: string;
  readonly file?: { readonly name: string; readonly content: Uint8Array };
  /** The same for the same key of the same account in the same conversation: the message is named after it. */
  readonly seed?: string;
}

export interface SentMessage {
  readonly message: Message;
  /** It was sent before, under the same key. */
  readonly isReplay: boolean;
}

@Injectable()
export class SendMessageHandler {
  constructor(
    private readonly conversations: Conversations,
    private readonly log: MessageLog,
    private readonly changes: ChangeConversationHandler,
    private readonly circumstances: ConversationCircumstances,
    private readonly people: People,
    private readonly studio: FileStudio,
    private readonly ids: Ids,
  ) {}

  /** @throws ConversationNotFound, NotTheirs, MessageKeyReused, CareEnded, ConversationClosed, NotPractising, DoctorUnavailable */
  async execute({ by, conversationId, text, file, seed }: SendMessage): Promise<SentMessage> {
    await this.expectTheirs(by, conversationId);
    const digest = await this.log.digestOf(conversationId, [text, ...(file ? [file.name, hashOf(file.content)] : [])]);
    const sentBefore = () => this.sentBefore(conversationId, seed, digest);
    const before = await sentBefore();
    if (before) return before;
    const files = file ? [await this.made(file)] : [];
    const draft = { id: seed ?? this.ids.next(), text, files, digest };
    let sent: SentMessage | undefined;
    await this.changes.change(by, 'write', conversationId, async (conversation, now) => {
      sent = await sentBefore();
      if (sent) return;
      const { state } = conversation;
      const [circumstances, people] = await Promise.all([
        this.circumstances.of(state, now),
        this.people.find([state.doctorId]),
      ]);
      const local = wallTimeOf(now, people.get(state.doctorId)!.figuresTimeZone);
      const message = conversation.send(sideOf(state, by.id), draft, circumstances, local, now);
      sent = { message, isReplay: false };
    });
    return sent!;
  }

  /** Before a file is looked at, which takes long. */
  private async expectTheirs(by: AccountSubject, id: string): Promise<void> {
    const conversation = await this.conversations.find(id);
    if (!conversation) throw new ConversationNotFound(id);
    access.expect(by, 'write', 'conversation', conversation.state);
  }

  private async sentBefore(
    conversationId: string,
    seed: string | undefined,
    digest: string,
  ): Promise<SentMessage | undefined> {
    const before = seed === undefined ? undefined : await this.log.sentBefore(conversationId, seed);
    if (before && before.digest !== digest) throw new MessageKeyReused('another message came with this key');
    return before && { message: before.message, isReplay: true };
  }

  private async made({ name, content: sent }: NonNullable<SendMessage['file']>): Promise<DraftFile> {
    const { type, content } = await this.studio.documentOf(sent);
    return { id: this.ids.next(), name: fileNameOf(name, type), type, bytes: content.length, content };
  }
}

const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64url');
