import { Injectable } from '@nestjs/common';
import {
  emergencyNotificationOf,
  entryNotificationOf,
  isMailed,
  type Notification,
  type RecordNews,
} from '../domain/notification.js';
import { Clock, LiveNews, MailQueue, Notifications } from '../domain/ports.js';

/** Tells patients what happens to their records, and nothing of what is in them. */
@Injectable()
export class NotifyRecordsHandler {
  constructor(
    private readonly notifications: Notifications,
    private readonly mails: MailQueue,
    private readonly live: LiveNews,
    private readonly clock: Clock,
  ) {}

  /** Once a day for each doctor. */
  entryAdded(news: RecordNews): Promise<void> {
    return this.tell(entryNotificationOf(news));
  }

  emergencyOpened(news: RecordNews): Promise<void> {
    return this.tell(emergencyNotificationOf(news));
  }

  private async tell(notification: Notification): Promise<void> {
    if (await this.notifications.has(notification.id)) return;
    await this.notifications.add([notification]);
    if (isMailed(notification)) await this.mails.enqueue([notification], this.clock.now());
    await this.live.created([notification]);
  }
}
