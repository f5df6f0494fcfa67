import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions, WorkList } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { AccountLetter } from '../../domain/account-letter.js';
import type { Notification } from '../../domain/notification.js';
import { type ClaimedLetters, type Letter, MailQueue } from '../../domain/ports.js';
import { MailQueued } from '../mail/mail-queued.js';
import { LetterRecord } from './schemas.js';

/** Letters that go with those of a batch, as more of the same accounts wait. */
const MOST_BESIDE = 1_000;

@Injectable()
export class MongoMailQueue extends MailQueue {
  private readonly list = new WorkList<LetterRecord>(() => this.letters.collection as never, {
    together: 'bundle',
    beside: { field: 'notification.accountId', most: MOST_BESIDE },
    // Of a rush, letters wait for their account's minute.
    isLong: true,
  });

  constructor(
    @InjectModel(LetterRecord.name) private readonly letters: Model<LetterRecord>,
    private readonly transactions: MongoTransactions,
    private readonly signal: MailQueued,
  ) {
    super();
  }

  async enqueue(notifications: Notification[], now: Date, notBefore = now): Promise<void> {
    const rows: LetterRecord[] = notifications.map((notification) => ({
      _id: notification.id,
      // The reason is not for e-mail: the queue does not know it.
      notification: { ...notification, reason: null },
      attempts: 0,
      queuedAt: now,
      dueAt: notBefore,
    }));
    await this.add(rows);
  }

  async withdraw(notificationId: string): Promise<void> {
    const { session } = this.transactions;
    await this.letters.collection.deleteOne({ _id: notificationId as never }, { session });
  }

  async enqueueAccountLetter(letter: AccountLetter, now: Date): Promise<void> {
    const row: LetterRecord = { _id: letter.id, account: letter, attempts: 0, queuedAt: now, dueAt: now };
    await this.add([row]);
  }

  private async add(rows: LetterRecord[]): Promise<void> {
    await this.transactions.gather(this, rows, async (all) => {
      await this.letters.collection.insertMany(all as never[], { session: this.transactions.session });
      this.transactions.afterCommit(() => this.signal.announce());
    });
  }

  async claim(now: Date, until: Date, limit: number): Promise<ClaimedLetters> {
    const { claim, rows, next } = await this.list.claim(now, until, limit);
    const letters = rows.map(({ _id: id, notification, account, attempts, queuedAt, heldBack, bundle }): Letter => ({
      ...{ id, attempts, queuedAt, claim },
      ...(heldBack && { heldBack }),
      ...(bundle !== undefined && { bundle }),
      ...(notification ? { notification } : { account: account! }),
    }));
    return { letters, next };
  }

  sent(ids: readonly string[]): Promise<void> {
    return this.list.remove(ids);
  }

  postpone(letters: readonly Letter[], until: Date): Promise<void> {
    return this.list.postpone(claimOf(letters), idsOf(letters), until);
  }

  release(letters: readonly Letter[], now: Date): Promise<void> {
    return this.list.release(claimOf(letters), idsOf(letters), now);
  }

  holdBack(letters: readonly Letter[], until: Date): Promise<void> {
    return this.list.release(claimOf(letters), idsOf(letters), until, { heldBack: true });
  }

  bundle(letters: readonly Letter[], id: string): Promise<void> {
    return this.list.update(claimOf(letters), idsOf(letters), { bundle: id });
  }

  giveUp(letter: Letter, failure: string): Promise<void> {
    return this.list.finish(letter.claim, [letter.id], { failure });
  }
}

const idsOf = (letters: readonly Letter[]): string[] => letters.map(({ id }) => id);

/** All of them are of one turn. */
const claimOf = (letters: readonly Letter[]): string => letters[0]?.claim ?? '';
