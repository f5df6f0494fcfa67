import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { AccountLetter } from '../../domain/account-letter.js';
import type { Notification } from '../../domain/notification.js';
import { type Letter, MailQueue } from '../../domain/ports.js';
import { MailWake } from '../mail/wake.js';
import { LetterRecord } from './schemas.js';

/** Those of them, all of one turn, that are nobody else's meanwhile. */
const stillOf = (letters: readonly Letter[]) => ({
  _id: { $in: letters.map(({ id }) => id) },
  claim: letters[0]?.claim,
});

@Injectable()
export class MongoMailQueue extends MailQueue {
  constructor(
    @InjectModel(LetterRecord.name) private readonly letters: Model<LetterRecord>,
    private readonly transactions: MongoTransactions,
    private readonly wake: MailWake,
  ) {
    super();
  }

  async enqueue(notifications: Notification[], now: Date): Promise<void> {
    const rows: LetterRecord[] = notifications.map((notification) => ({
      _id: notification.id,
      // The reason is not for e-mail: the queue does not know it.
      notification: { ...notification, reason: null },
      attempts: 0,
      queuedAt: now,
      dueAt: now,
    }));
    await this.letters.collection.insertMany(rows as never[], { session: this.transactions.session });
    this.transactions.afterCommit(() => this.wake.tell());
  }

  async enqueueAccountLetter(letter: AccountLetter, now: Date): Promise<void> {
    const row: LetterRecord = { _id: letter.id, account: letter, attempts: 0, queuedAt: now, dueAt: now };
    await this.letters.collection.insertOne(row as never, { session: this.transactions.session });
    this.transactions.afterCommit(() => this.wake.tell());
  }

  async claim(now: Date, until: Date, limit: number): Promise<Letter[]> {
    const due = await this.letters
      .find({ dueAt: { $lte: now } }, { _id: 1, bundle: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<LetterRecord[]>();
    if (due.length === 0) return [];
    const claim = randomUUID();
    // Whom another replica was quicker to take is no longer due, and so not ours.
    const take = (which: object) =>
      this.letters.updateMany(
        { ...which, dueAt: { $lte: now } },
        { $set: { claim, dueAt: until }, $inc: { attempts: 1 } },
      );
    await take({ _id: { $in: due.map(({ _id }) => _id) } });
    const bundles = new Set(due.flatMap(({ bundle }) => bundle ?? []));
    if (bundles.size > 0) await take({ bundle: { $in: [...bundles] } });
    const mine = await this.letters.find({ claim }).lean<LetterRecord[]>();
    return mine.map(({ _id: id, notification, account, attempts, queuedAt, heldBack, bundle }) => ({
      ...{ id, attempts, queuedAt, claim },
      ...(heldBack && { heldBack }),
      ...(bundle !== undefined && { bundle }),
      ...(notification ? { notification } : { account: account! }),
    }));
  }

  async nextDue(): Promise<Date | undefined> {
    const [next] = await this.letters
      .find({ dueAt: { $gte: new Date(0) } }, { dueAt: 1 })
      .sort({ dueAt: 1 })
      .limit(1)
      .lean<Pick<LetterRecord, 'dueAt'>[]>();
    return next?.dueAt;
  }

  async sent(ids: readonly string[]): Promise<void> {
    await this.letters.deleteMany({ _id: { $in: [...ids] } });
  }

  async postpone({ id, claim }: Letter, until: Date): Promise<void> {
    await this.letters.updateOne({ _id: id, claim }, { $set: { dueAt: until }, $unset: { claim: 1 } });
  }

  async release(letters: readonly Letter[], now: Date): Promise<void> {
    await this.letters.updateMany(stillOf(letters), {
      $set: { dueAt: now },
      $unset: { claim: 1 },
      $inc: { attempts: -1 },
    });
  }

  async holdBack(letters: readonly Letter[], until: Date): Promise<void> {
    await this.letters.updateMany(stillOf(letters), {
      $set: { dueAt: until, heldBack: true },
      $unset: { claim: 1 },
      $inc: { attempts: -1 },
    });
  }

  async bundle(letters: readonly Letter[], id: string): Promise<void> {
    await this.letters.updateMany(stillOf(letters), { $set: { bundle: id } });
  }

  async giveUp({ id, claim }: Letter, failure: string): Promise<void> {
    await this.letters.updateOne({ _id: id, claim }, { $set: { failure }, $unset: { dueAt: 1, claim: 1 } });
  }
}
