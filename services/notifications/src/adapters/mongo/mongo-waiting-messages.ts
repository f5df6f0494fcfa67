import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { WaitingMessages } from '../../domain/ports.js';
import type { WaitingMessage } from '../../domain/waiting-message.js';
import { WaitingMessageRecord } from './schemas.js';

const idOf = (conversationId: string, accountId: string) => `${conversationId}|${accountId}`;

@Injectable()
export class MongoWaitingMessages extends WaitingMessages {
  constructor(
    @InjectModel(WaitingMessageRecord.name) private readonly waiting: Model<WaitingMessageRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async of(conversationId: string, accountId: string): Promise<WaitingMessage> {
    const record = await this.waiting
      .findById(idOf(conversationId, accountId))
      .session(this.transactions.session ?? null)
      .lean<WaitingMessageRecord>();
    if (!record) return { conversationId, accountId, sent: 0, read: 0 };
    const { sent, read, notificationId } = record;
    return { conversationId, accountId, sent, read, ...(notificationId !== undefined && { notificationId }) };
  }

  async keep({ conversationId, accountId, sent, read, notificationId }: WaitingMessage): Promise<void> {
    await this.waiting.collection.updateOne(
      { _id: idOf(conversationId, accountId) as never },
      {
        $set: { sent, read, ...(notificationId !== undefined && { notificationId }) },
        ...(notificationId === undefined && { $unset: { notificationId: '' } }),
      },
      { upsert: true, session: this.transactions.session },
    );
  }
}
