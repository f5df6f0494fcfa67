import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { ConversationState, Message, MessageFile } from '../../domain/conversation.js';
import { MessageLog, type MessagePage, type Messages, type SentBefore } from '../../domain/conversations.js';
import { MessageRecord } from './conversation-schemas.js';
import { ConversationSeals, filesPlaceOf, textPlaceOf } from './conversation-seals.js';

/** No conversation comes so far. */
const BEYOND_ALL = Number.MAX_SAFE_INTEGER;

@Injectable()
export class MongoMessageLog extends MessageLog {
  constructor(
    @InjectModel(MessageRecord.name) private readonly messages: Model<MessageRecord>,
    private readonly seals: ConversationSeals,
  ) {
    super();
  }

  /** Numbers have no gap: a page is a range of them, however many there are before. */
  async page({ id, last }: Pick<ConversationState, 'id' | 'last'>, { limit, before }: MessagePage): Promise<Messages> {
    const end = Math.min(before ?? BEYOND_ALL, last + 1);
    const first = Math.max(1, end - limit);
    const records = await this.messages
      .find({ conversationId: id, number: { $gte: first, $lt: end } })
      .lean<MessageRecord[]>();
    records.sort((a, b) => b.number - a.number);
    const messages = await Promise.all(records.map((record) => this.toMessage(record)));
    return { messages, ...(first > 1 && { next: first }) };
  }

  async search(
    conversationId: string,
    reader: string,
    words: readonly string[],
    { limit, before = BEYOND_ALL }: MessagePage,
  ): Promise<Messages> {
    // The longest word stands in the fewest messages.
    const rarestFirst = [...words].sort((a, b) => b.length - a.length);
    const [first, ...others] = await this.seals.wordKeys(reader, rarestFirst);
    // A stage each: SecantusDB uses its index for the first.
    const records = await this.messages.collection
      .aggregate<MessageRecord>([
        { $match: { words: first, conversationId } },
        ...others.map((key) => ({ $match: { words: key } })),
        { $match: { number: { $lt: before } } },
        { $sort: { number: -1 } },
        { $limit: limit + 1 },
      ])
      .toArray();
    const messages = await Promise.all(records.slice(0, limit).map((record) => this.toMessage(record)));
    return { messages, ...(records.length > limit && { next: messages.at(-1)!.number }) };
  }

  async find(conversationId: string, id: string): Promise<Message | undefined> {
    const record = await this.record(conversationId, id);
    return record && this.toMessage(record);
  }

  async sentBefore(conversationId: string, id: string): Promise<SentBefore | undefined> {
    const record = await this.record(conversationId, id);
    return record && { message: await this.toMessage(record), digest: record.digest ?? '' };
  }

  digestOf(conversationId: string, parts: readonly string[]): Promise<string> {
    return this.seals.digestOf(conversationId, parts);
  }

  async countAfter(conversationId: string, authorId: string, after: number): Promise<number> {
    const [counted] = await this.messages.collection
      .aggregate<{ count: number }>([
        { $match: { conversationId, number: { $gt: after } } },
        { $match: { authorId, automatic: false } },
        { $group: { _id: null, count: { $sum: 1 } } },
      ])
      .toArray();
    return counted?.count ?? 0;
  }

  private async record(conversationId: string, id: string): Promise<MessageRecord | undefined> {
    const record = await this.messages.findById(id).lean<MessageRecord>();
    return record?.conversationId === conversationId ? record : undefined;
  }

  private async toMessage(record: MessageRecord): Promise<Message> {
    const { _id: id, conversationId, number, authorId, sentAt, automatic, deliveredAt, readAt } = record;
    const [text, files] = await Promise.all([
      this.seals.open<string>(conversationId, textPlaceOf(id), record.text),
      record.files
        ? this.seals.open<MessageFile[]>(conversationId, filesPlaceOf(id), record.files)
        : Promise.resolve([]),
    ]);
    return { id, conversationId, number, authorId, text, files, sentAt, automatic, deliveredAt, readAt };
  }
}
