import { ActionIcon, Indicator } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useUnread } from '../lib/messages';
import type { Account } from '../lib/session';

/** Who writes messages at all. */
export const hasMessages = (account: Account | null | undefined): boolean =>
  account?.role === 'patient' || account?.role === 'doctor';

/** The way to the messages, with how many wait. */
export function MessagesButton() {
  const { t } = useTranslation();
  const { data: unread = 0 } = useUnread(true);
  return (
    <Indicator label={unread > 99 ? '99+' : unread} size={18} disabled={unread === 0} color="red.8">
      <ActionIcon
        component={Link}
        to="/messages"
        size="lg"
        variant="subtle"
        aria-label={t('messages.open', { count: unread })}
      >
        <IconMessage aria-hidden size={20} />
      </ActionIcon>
    </Indicator>
  );
}
