import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDayTime } from '../../lib/format';
import type { Notification } from './use-notifications';

/** One line of the bell; reading it is opening it. */
export function Item({ notification, onRead }: { notification: Notification; onRead: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const unread = notification.readAt === null;
  return (
    <li className={unread ? 'card unread' : 'card'} style={{ padding: '0.7rem 0.9rem' }}>
      <button className="plain" onClick={() => unread && onRead(notification.id)}>
        <Text fw={unread ? 700 : 500}>
          {notification.title}
          {unread && <span className="visually-hidden"> ({t('notifications.unread')})</span>}
        </Text>
        <Text size="sm">{notification.body}</Text>
        {notification.data.reason && <Text size="sm">« {notification.data.reason} »</Text>}
        <Text size="xs" className="quiet">
          {formatDayTime(notification.createdAt, i18n.language)}
        </Text>
      </button>
    </li>
  );
}
