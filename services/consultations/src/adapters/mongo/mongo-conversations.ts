import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Conversation, type ConversationState, type Marked, type NewMessage } from '../../domain/conversation.js';
import { ConcurrentChange } from '../../domain/conversation-errors.js';
import { type ConversationPage, Conversations, MessageFiles, type Participant } from '../../domain/conversations.js';
import { Clock } from '../../domain/ports.js';
import { ConversationFacts } from '../conversation-facts.js';
import { ConversationRecord, MessageRecord } from './conversation-schemas.js';
import { ConversationSeals, filesPlaceOf, textPlaceOf } from './conversation-seals.js';

interface LastText {
  readonly text: string;
  readonly files: number;
}

const DAY_MS = 86_400_000;
/** How far back the newest are looked for, until there are enough: a database may sort all that it is asked for. */
const REACH_DAYS = [7, 60];

const lastTextOf = (id: string) => `conversations|${id}|lastText`;
const autoReplyOf = (id: string) => `conversations|${id}|autoReply`;

const mineOf = ({ side, id }: Participant) => (side === 'doctor' ? { doctorId: id } : { patientId: id });

@Injectable()
export class MongoConversations extends Conversations {
  constructor(
    @InjectModel(ConversationRecord.name) private readonly conversations: Model<ConversationRecord>,
    @InjectModel(MessageRecord.name) private readonly messages: Model<MessageRecord>,
    private readonly files: MessageFiles,
    private readonly seals: ConversationSeals,
    private readonly facts: ConversationFacts,
    private readonly transactions: MongoTransactions,
    private readonly clock: Clock,
  ) {
    super();
  }

  async open({ state }: Conversation): Promise<{ state: ConversationState; isNew: boolean }> {
    const { doctorId, patientId } = state;
    const found = await this.between(doctorId, patientId);
    if (found) return { state: found, isNew: false };
    try {
      await this.conversations.collection.insertOne((await this.toRecord(state)) as never);
      return { state, isNew: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return { state: (await this.between(doctorId, patientId))!, isNew: false };
    }
  }

  async find(id: string): Promise<Conversation | undefined> {
    const record = await this.conversations.findById(id).lean<ConversationRecord>();
    return record ? Conversation.restore(await this.toState(record)) : undefined;
  }

  async save(conversation: Conversation): Promise<void> {
    const { state, saved, change, facts } = conversation;
    const [{ _id, ...record }, messages] = await Promise.all([
      this.toRecord(state),
      Promise.all(change.messages.map((message) => this.toMessage(state, message))),
    ]);
    const { autoReply, hours } = state.closing;
    const gone = { ...(autoReply === undefined && { autoReply: '' }), ...(!hours && { hours: '' }) };
    await this.transactions.run(async () => {
      const { session } = this.transactions;
      const { matchedCount } = await this.conversations.collection.updateOne(
        { _id: _id as never, version: saved.version },
        { $set: record as never, ...(Object.keys(gone).length > 0 && { $unset: gone as never }) },
        { session },
      );
      if (matchedCount === 0) throw new ConcurrentChange(`conversation ${_id} is not at version ${saved.version}`);
      await this.insert(messages);
      for (const { draft } of change.messages)
        for (const { content, ...file } of draft.files) await this.files.add(_id, file, content);
      if (change.delivered) await this.mark(_id, change.delivered, 'deliveredAt');
      if (change.read) await this.mark(_id, change.read, 'readAt');
      await this.facts.append(state, facts);
    });
  }

  async list(of: Participant, { limit, after }: ConversationPage): Promise<ConversationState[]> {
    const now = this.clock.now().getTime();
    for (const days of after ? [] : REACH_DAYS) {
      const since = new Date(now - days * DAY_MS);
      const found = await this.newest({ ...mineOf(of), lastAt: { $gte: since } }, limit);
      if (found.length > limit) return found;
    }
    if (!after) return this.newest(mineOf(of), limit);
    const beyond = { $or: [{ lastAt: { $lt: after.at } }, { _id: { $lt: after.id } }] };
    return this.newest({ ...mineOf(of), lastAt: { $lte: after.at } }, limit, beyond);
  }

  async others(of: Participant): Promise<ReadonlyMap<string, string>> {
    const other = of.side === 'doctor' ? 'patientId' : 'doctorId';
    const records = await this.conversations.find(mineOf(of), { [other]: 1 }).lean<ConversationRecord[]>();
    return new Map(records.map((record) => [record._id, record[other]]));
  }

  async among(of: Participant, ids: readonly string[]): Promise<ConversationState[]> {
    const records = await this.conversations.find({ _id: { $in: [...ids] } }).lean<ConversationRecord[]>();
    const [[field, id]] = Object.entries(mineOf(of)) as [['doctorId' | 'patientId', string]];
    const own = records.filter((record) => record[field] === id);
    own.sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime() || (a._id < b._id ? 1 : -1));
    return Promise.all(own.map((record) => this.toState(record)));
  }

  async unread(of: Participant): Promise<number> {
    const field = `${of.side}.unread`;
    const [sum] = await this.conversations.collection
      .aggregate<{ unread: number }>([
        { $match: { ...mineOf(of), [field]: { $gt: 0 } } },
        { $group: { _id: null, unread: { $sum: `$${field}` } } },
      ])
      .toArray();
    return sum?.unread ?? 0;
  }

  async withWords({ id }: Participant, words: readonly string[], limit: number): Promise<string[]> {
    const keys = await this.seals.wordKeys(id, words);
    const found = await this.messages.collection
      .aggregate<{ _id: string }>([
        ...keys.map((key) => ({ $match: { words: key } })),
        { $group: { _id: '$conversationId', sentAt: { $max: '$sentAt' } } },
        { $sort: { sentAt: -1 } },
        { $limit: limit },
      ])
      .toArray();
    return found.map(({ _id }) => _id);
  }

  private async newest(filter: object, limit: number, beyond?: object): Promise<ConversationState[]> {
    // A stage each: SecantusDB uses its index for the first.
    const records = await this.conversations.collection
      .aggregate<ConversationRecord>([
        { $match: filter },
        ...(beyond ? [{ $match: beyond }] : []),
        { $sort: { lastAt: -1, _id: -1 } },
        { $limit: limit + 1 },
      ])
      .toArray();
    return Promise.all(records.map((record) => this.toState(record)));
  }

  private async between(doctorId: string, patientId: string): Promise<ConversationState | undefined> {
    const record = await this.conversations.findOne({ doctorId, patientId }).lean<ConversationRecord>();
    return record ? this.toState(record) : undefined;
  }

  private async insert(messages: readonly MessageRecord[]): Promise<void> {
    if (messages.length === 0) return;
    const { session } = this.transactions;
    try {
      await this.messages.collection.insertMany(messages as never[], { session });
    } catch (error) {
      // The same key at the same moment: whoever looks again finds what it made.
      if (isDuplicateKey(error)) throw new ConcurrentChange('the message is there');
      throw error;
    }
  }

  private async mark(conversationId: string, { authorId, after, upTo, at }: Marked, mark: 'deliveredAt' | 'readAt') {
    const { session } = this.transactions;
    // A stage each, then by id: SecantusDB reads all of a conversation for a range with another condition beside it.
    const marked = await this.messages.collection
      .aggregate<Pick<MessageRecord, '_id'>>(
        [
          { $match: { conversationId, number: { $gt: after, $lte: upTo } } },
          { $match: { authorId } },
          { $project: { _id: 1 } },
        ],
        { session },
      )
      .toArray();
    const ids = marked.map(({ _id }) => _id);
    await this.messages.collection.updateMany({ _id: { $in: ids as never[] } }, { $set: { [mark]: at } }, { session });
  }

  private async toRecord({ id, closing, lastMessage, ...state }: ConversationState): Promise<ConversationRecord> {
    const { closed, autoReply, hours } = closing;
    return {
      _id: id,
      ...state,
      lastSent: lastMessage && {
        id: lastMessage.id,
        authorId: lastMessage.authorId,
        sentAt: lastMessage.sentAt,
        automatic: lastMessage.automatic,
      },
      lastText:
        lastMessage &&
        (await this.seals.seal(id, lastTextOf(id), { text: lastMessage.text, files: lastMessage.files })),
      closed,
      ...(autoReply !== undefined && {
        autoReply: autoReply === null ? null : await this.seals.seal(id, autoReplyOf(id), autoReply),
      }),
      ...(hours && { hours: [...hours] }),
    };
  }

  private async toState(record: ConversationRecord): Promise<ConversationState> {
    const { _id: id, lastSent, lastText, closed, autoReply, hours, ...state } = record;
    const last = lastText && (await this.seals.open<LastText>(id, lastTextOf(id), lastText));
    return {
      id,
      ...state,
      lastMessage: lastSent && last ? { ...lastSent, ...last } : null,
      closing: {
        closed,
        ...(autoReply !== undefined && {
          autoReply: autoReply && (await this.seals.open<string>(id, autoReplyOf(id), autoReply)),
        }),
        ...(hours && { hours }),
      },
    };
  }

  private async toMessage(
    { doctorId, patientId }: Pick<ConversationState, 'doctorId' | 'patientId'>,
    { message, draft }: NewMessage,
  ): Promise<MessageRecord> {
    const { id, conversationId, number, authorId, text, files, sentAt, automatic } = message;
    const found = [text, ...files.map(({ name }) => name)].join(' ');
    return {
      _id: id,
      conversationId,
      number,
      authorId,
      text: await this.seals.seal(conversationId, textPlaceOf(id), text),
      ...(files.length > 0 && { files: await this.seals.seal(conversationId, filesPlaceOf(id), files) }),
      sentAt,
      automatic,
      deliveredAt: null,
      readAt: null,
      ...(draft.digest && { digest: draft.digest }),
      words: await this.seals.keysOf([doctorId, patientId], found),
    };
  }
}
