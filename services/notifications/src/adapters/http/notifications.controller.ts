import { Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  acceptedLocaleOf,
  Account,
  type CurrentAccount,
  decodeCursor,
  idKey,
  instantKey,
  PageQuery,
  pageOf,
  May,
} from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReadNotificationsHandler, type RenderedNotification } from '../../application/read-notifications.js';
import { NotificationList, NotificationView } from './notifications.dto.js';

const view = ({ notification, title, body }: RenderedNotification): NotificationView => ({
  id: notification.id,
  type: notification.kind,
  title,
  body,
  data: {
    ...(notification.appointmentId !== undefined && { appointmentId: notification.appointmentId }),
    ...(notification.conversationId !== undefined && { conversationId: notification.conversationId }),
    ...(notification.paymentId !== undefined && { paymentId: notification.paymentId }),
    ...(notification.reason !== null && { reason: notification.reason }),
  },
  createdAt: notification.createdAt.toISOString(),
  readAt: notification.readAt?.toISOString() ?? null,
});

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: ReadNotificationsHandler) {}

  @Get()
  @May(access, 'list', 'notification')
  @ApiOkResponse({ type: NotificationList })
  async list(
    @Account() { id }: CurrentAccount,
    @Query() { limit = 20, cursor }: PageQuery,
    @Headers('accept-language') language: string | undefined,
  ): Promise<NotificationList> {
    const keys = decodeCursor(cursor, 2);
    const after = keys && { createdAt: instantKey(keys[0]), id: idKey(keys[1]) };
    const { rows, unread } = await this.notifications.list(id, limit, after, acceptedLocaleOf(language));
    const page = pageOf(rows, limit, ({ notification }) => [notification.createdAt.getTime(), notification.id]);
    return { items: page.items.map(view), nextCursor: page.nextCursor, unread };
  }

  @Post('read-all')
  @May(access, 'mark-read', 'notification')
  @HttpCode(204)
  @ApiNoContentResponse()
  async readAll(@Account() { id }: CurrentAccount): Promise<void> {
    await this.notifications.markAllRead(id);
  }

  @Post(':id/read')
  @May(access, 'mark-read', 'notification')
  @HttpCode(200)
  @ApiOkResponse({ type: NotificationView })
  async read(
    @Account() account: CurrentAccount,
    @Param('id') id: string,
    @Headers('accept-language') language: string | undefined,
  ): Promise<NotificationView> {
    return view(await this.notifications.markRead(account.id, id, acceptedLocaleOf(language)));
  }
}
