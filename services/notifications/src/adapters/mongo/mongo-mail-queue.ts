import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { Notification } from '../../domain/notification.js';
import { type Letter, MailQueue } from '../../domain/ports.js';
import { LetterRecord } from './schemas.js';

/** Longer than handing over a batch takes; afterwards somebody else may try. */
const CLAIM_MS = 60_000;

@Injectable()
export class MongoMailQueue extends MailQueue {
  constructor(
    @InjectModel(LetterRecord.name) private readonly letters: Model<LetterRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async enqueue(notifications: Notification[], now: Date): Promise<void> {
    const rows = notifications.map((notification) => ({ _id: notification.id, notification, attempts: 0, dueAt: now }));
    await this.letters.collection.insertMany(rows as never[], { session: this.transactions.session });
  }

  async claim(now: Date, limit: number): Promise<Letter[]> {
    const due = await this.letters
      .find({ dueAt: { $lte: now } }, { _id: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<LetterRecord[]>();
    if (due.length === 0) return [];
    const claim = randomUUID();
    await this.letters.updateMany(
      { _id: { $in: due.map(({ _id }) => _id) }, dueAt: { $lte: now } },
      { $set: { claim, dueAt: new Date(now.getTime() + CLAIM_MS) }, $inc: { attempts: 1 } },
    );
    const mine = await this.letters.find({ claim }).lean<LetterRecord[]>();
    return mine.map(({ notification, attempts }) => ({ notification, attempts }));
  }

  async sent(ids: readonly string[]): Promise<void> {
    await this.letters.deleteMany({ _id: { $in: [...ids] } });
  }

  async postpone(id: string, until: Date): Promise<void> {
    await this.letters.updateOne({ _id: id }, { $set: { dueAt: until }, $unset: { claim: 1 } });
  }

  async giveUp(id: string, failure: string): Promise<void> {
    await this.letters.updateOne({ _id: id }, { $set: { failure }, $unset: { dueAt: 1, claim: 1 } });
  }
}
