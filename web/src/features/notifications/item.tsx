import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDayTime } from '../../lib/format';
import { pathOfNews } from '../../lib/news';
import type { Notification } from './use-notifications';

/** One line of the bell, which leads to what it is about; reading it is opening it. */
export function Item({
  notification,
  onRead,
  onOpen,
}: {
  notification: Notification;
  onRead: (id: string) => void;
  onOpen?: () => void;
}) {
  const { t, i18n } = useTranslation();
  const unread = notification.readAt === null;
  const path = pathOfNews(notification);
  const read = () => unread && onRead(notification.id);
  const line = (children: ReactNode) =>
    path ? (
      <Link
        className="plain"
        to={path}
        onClick={() => {
          read();
          onOpen?.();
        }}
      >
        {children}
      </Link>
    ) : (
      <button className="plain" onClick={read}>
        {children}
      </button>
    );
  return (
    <li className={unread ? 'card unread' : 'card'} style={{ padding: '0.7rem 0.9rem' }}>
      {line(
        <>
          <Text fw={unread ? 700 : 500}>
            {notification.title}
            {unread && <span className="visually-hidden"> ({t('notifications.unread')})</span>}
          </Text>
          <Text size="sm">{notification.body}</Text>
          {notification.data.reason && <Text size="sm">« {notification.data.reason} »</Text>}
          <Text size="xs" className="quiet">
            {formatDayTime(notification.createdAt, i18n.language)}
          </Text>
        </>,
      )}
    </li>
  );
}
