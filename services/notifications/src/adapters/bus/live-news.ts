import { Injectable } from '@nestjs/common';
import { notificationCreatedV1 } from '@medflow/contracts';
import { Outbox } from '@medflow/messaging';
import type { Notification } from '../../domain/notification.js';
import { LiveNews } from '../../domain/ports.js';

@Injectable()
export class OutboxLiveNews extends LiveNews {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  created(items: { notification: Notification; title: string; body: string }[]): Promise<void> {
    return this.outbox.append(
      items.map(({ notification: { id, accountId, kind, appointmentId, paymentId, createdAt }, title, body }) => ({
        contract: notificationCreatedV1,
        subject: id,
        sequence: 1,
        data: {
          notificationId: id,
          accountId,
          kind,
          title,
          body,
          appointmentId,
          ...(paymentId !== undefined && { paymentId }),
          createdAt: createdAt.toISOString(),
        },
      })),
    );
  }
}
