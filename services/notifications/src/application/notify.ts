import type { Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import {
  type AppointmentNews,
  DEFAULT_TIME_ZONE,
  isMailed,
  type Notification,
  notificationsOf,
} from '../domain/notification.js';
import { Clock, LiveNews, MailQueue, Notifications } from '../domain/ports.js';
import type { Locale } from '../domain/locale.js';
import { wordsFor } from '../domain/texts.js';

/** Title and body for the reader, in `locale` where they ask for one, else in their own. */
export function rendered(notification: Notification, people: ReadonlyMap<string, Person>, locale?: Locale) {
  const reader = people.get(notification.accountId);
  const words = wordsFor(
    notification,
    people.get(notification.otherId),
    locale ?? reader?.language ?? 'fr',
    reader?.timeZone ?? DEFAULT_TIME_ZONE,
  );
  return { notification, ...words };
}

@Injectable()
export class NotifyHandler {
  constructor(
    private readonly notifications: Notifications,
    private readonly mails: MailQueue,
    private readonly live: LiveNews,
    private readonly clock: Clock,
  ) {}

  /** A line for each side, an e-mail where the kind is worth one, and the news for open browsers: all or nothing. */
  async appointment(news: AppointmentNews): Promise<void> {
    const told = notificationsOf(news);
    const notifications = news.again ? await this.notifications.unheard(told) : told;
    if (notifications.length === 0) return;
    await this.notifications.add(notifications);
    if (news.again === 'past') return;
    const mailed = notifications.filter(isMailed);
    if (mailed.length > 0) await this.mails.enqueue(mailed, this.clock.now());
    await this.live.created(notifications);
  }
}
