import { ActionIcon, Anchor, Indicator, Popover, Stack, Text } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Failed, Loading } from '../../components/states';
import { Item } from './item';
import { useMarkRead, useNotifications } from './use-notifications';

const SHOWN = 5;

export function Bell() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const list = useNotifications();
  const mark = useMarkRead();
  const first = list.data?.pages[0];
  const unread = first?.unread ?? 0;
  return (
    <Popover opened={opened} onChange={setOpened} width={340} position="bottom-end" trapFocus returnFocus shadow="md">
      <Indicator label={unread > 99 ? '99+' : unread} size={18} disabled={unread === 0} color="red.8">
        <Popover.Target>
          <ActionIcon
            size="lg"
            variant="subtle"
            aria-label={t('notifications.open', { count: unread })}
            onClick={() => setOpened((before) => !before)}
          >
            <IconBell aria-hidden size={20} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t('notifications.title')} className="within-window">
        <Stack gap="sm">
          {list.isPending && <Loading rows={2} height={60} />}
          {list.isError && <Failed error={list.error} retry={list.refetch} />}
          {first?.items.length === 0 && <Text className="quiet">{t('notifications.none')}</Text>}
          <ul className="list">
            {first?.items.slice(0, SHOWN).map((notification) => (
              <Item
                key={notification.id}
                notification={notification}
                onRead={mark.mutate}
                onOpen={() => setOpened(false)}
              />
            ))}
          </ul>
          {unread > 0 && (
            <ActionButton size="sm" variant="default" loading={mark.isPending} onClick={() => mark.mutate('all')}>
              {t('notifications.markAll')}
            </ActionButton>
          )}
          <Anchor component={Link} to="/notifications" underline="always" onClick={() => setOpened(false)}>
            {t('notifications.all')}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
