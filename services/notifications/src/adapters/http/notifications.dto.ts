import { Choice, Instant, Nested, NestedList, Text, Whole } from '@medflow/service-kit';
import { type Kind, kinds } from '../../domain/notification.js';

class NotificationData {
  @Text({ max: 64, optional: true }) appointmentId?: string;
  @Text({ max: 64, optional: true }) paymentId?: string;
  @Text({ max: 64, optional: true }) conversationId?: string;
  @Text({ max: 1000, multiline: true, optional: true, description: 'What the other side wrote' }) reason?: string;
}

export class NotificationView {
  @Text({ max: 80 }) id!: string;
  @Choice(kinds) type!: Kind;
  @Text({ max: 200 }) title!: string;
  @Text({ max: 1000 }) body!: string;
  @Nested(() => NotificationData) data!: NotificationData;
  @Instant() createdAt!: string;
  @Instant({ nullable: true }) readAt!: string | null;
}

export class NotificationList {
  @NestedList(() => NotificationView, { max: 100 }) items!: NotificationView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
  @Whole({ min: 0, max: 1_000_000_000, description: 'In all, not only on this page' }) unread!: number;
}
