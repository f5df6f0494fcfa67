import { Injectable, Logger } from '@nestjs/common';
import { notificationCreatedV1 } from '@medflow/contracts';
import { LivePublisher } from '@medflow/messaging';
import { People } from '@medflow/people';
import { MongoTransactions } from '@medflow/service-kit';
import { rendered } from '../../application/notify.js';
import type { Notification } from '../../domain/notification.js';
import { LiveNews } from '../../domain/ports.js';

/** Tells of what is committed, in the words of each reader; what is lost on the way stands in the reader's list. */
@Injectable()
export class PublishedLiveNews extends LiveNews {
  private readonly logger = new Logger(PublishedLiveNews.name);

  constructor(
    private readonly live: LivePublisher,
    private readonly people: People,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async created(notifications: readonly Notification[]): Promise<void> {
    await this.transactions.gather(this, notifications, async (all) =>
      this.transactions.afterCommit(() => void this.publish(all)),
    );
  }

  private async publish(notifications: readonly Notification[]): Promise<void> {
    try {
      const people = await this.people.find(notifications.flatMap(({ accountId, otherId }) => [accountId, otherId]));
      this.live.publish(notifications.map((notification) => eventOf(rendered(notification, people))));
    } catch (error) {
      this.logger.warn(`live news is lost: ${String(error)}`);
    }
  }
}

function eventOf({ notification, title, body }: ReturnType<typeof rendered>) {
  const { id, accountId, kind, appointmentId, paymentId, conversationId, createdAt } = notification;
  return {
    contract: notificationCreatedV1,
    subject: id,
    sequence: 1,
    data: {
      notificationId: id,
      accountId,
      kind,
      title,
      body,
      ...(appointmentId !== undefined && { appointmentId }),
      ...(paymentId !== undefined && { paymentId }),
      ...(conversationId !== undefined && { conversationId }),
      createdAt: createdAt.toISOString(),
    },
  };
}
