import { People } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import type { Notification } from '../domain/notification.js';
import { Clock, Notifications } from '../domain/ports.js';
import type { Locale } from '../domain/locale.js';
import { rendered } from './notify.js';

export type RenderedNotification = ReturnType<typeof rendered>;

@Injectable()
export class ReadNotificationsHandler {
  constructor(
    private readonly notifications: Notifications,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** Newest first, up to `limit` + 1, and how many are unread in all. */
  async list(
    accountId: string,
    limit: number,
    after: { createdAt: Date; id: string } | undefined,
    locale: Locale | undefined,
  ) {
    const [found, unread] = await Promise.all([
      this.notifications.list(accountId, limit, after),
      this.notifications.unread(accountId),
    ]);
    return { rows: await this.render(found, locale), unread };
  }

  /** @throws NotFound */
  async markRead(accountId: string, id: string, locale: Locale | undefined): Promise<RenderedNotification> {
    const notification = await this.notifications.markRead(accountId, id, this.clock.now());
    const [item] = await this.render([notification], locale);
    return item!;
  }

  markAllRead(accountId: string): Promise<void> {
    return this.notifications.markAllRead(accountId, this.clock.now());
  }

  private async render(notifications: Notification[], locale: Locale | undefined): Promise<RenderedNotification[]> {
    const people = await this.people.find(notifications.flatMap(({ accountId, otherId }) => [accountId, otherId]));
    return notifications.map((notification) => rendered(notification, people, locale));
  }
}
