import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { Notification } from '../../domain/notification.js';
import { NotFound, Notifications } from '../../domain/ports.js';
import { NotificationRecord } from './schemas.js';

const toNotification = ({ _id, ...rest }: NotificationRecord): Notification => ({ id: _id, ...rest });

@Injectable()
export class MongoNotifications extends Notifications {
  constructor(
    @InjectModel(NotificationRecord.name) private readonly notifications: Model<NotificationRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(notifications: Notification[]): Promise<void> {
    const rows = notifications.map(({ id, ...rest }) => ({ _id: id, ...rest }));
    await this.transactions.gather(this, rows, async (all) => {
      await this.notifications.collection.insertMany(all as never[], { session: this.transactions.session });
    });
  }

  async unheard(notifications: Notification[]): Promise<Notification[]> {
    const heard = await Promise.all(
      notifications.map(({ accountId, kind, appointmentId }) =>
        this.notifications
          .findOne({ accountId, kind, appointmentId }, { _id: 1 })
          .session(this.transactions.session ?? null)
          .lean(),
      ),
    );
    return notifications.filter((_, at) => !heard[at]);
  }

  async has(id: string): Promise<boolean> {
    const found = await this.notifications
      .findById(id, { _id: 1 })
      .session(this.transactions.session ?? null)
      .lean();
    return found !== null;
  }

  async list(accountId: string, limit: number, after?: { createdAt: Date; id: string }): Promise<Notification[]> {
    const range = { accountId, ...(after && { createdAt: { $lte: after.createdAt } }) };
    const beyond = after && { $or: [{ createdAt: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] };
    // A stage each: MongoDB makes one of both, SecantusDB uses an index for no filter with an `$or`.
    const records = await this.notifications.collection
      .aggregate<NotificationRecord>([
        { $match: range },
        ...(beyond ? [{ $match: beyond }] : []),
        { $sort: { createdAt: -1, _id: -1 } },
        { $limit: limit + 1 },
      ])
      .toArray();
    return records.map(toNotification);
  }

  unread(accountId: string): Promise<number> {
    return this.notifications.countDocuments({ accountId, readAt: null });
  }

  async markRead(accountId: string, id: string, now: Date): Promise<Notification> {
    await this.notifications.updateOne({ _id: id, accountId, readAt: null }, { $set: { readAt: now } });
    const record = await this.notifications.findOne({ _id: id, accountId }).lean<NotificationRecord>();
    if (!record) throw new NotFound('notification');
    return toNotification(record);
  }

  async settle(id: string, now: Date): Promise<void> {
    const { session } = this.transactions;
    await this.notifications.updateOne({ _id: id, readAt: null }, { $set: { readAt: now } }, { session });
  }

  async markAllRead(accountId: string, now: Date): Promise<void> {
    await this.notifications.updateMany({ accountId, readAt: null }, { $set: { readAt: now } });
  }
}
