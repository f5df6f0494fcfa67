import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { Item } from './item';
import { useMarkRead, useNotifications } from './use-notifications';

export default function NotificationsPage() {
  const { t } = useTranslation();
  const list = useNotifications();
  const mark = useMarkRead();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('notifications.title')}>
      <Stack>
        {list.isPending && <Loading />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        <WriteProblem error={mark.error} />
        {list.isSuccess && items.length === 0 && (
          <Empty title={t('notifications.none')} text={t('notifications.noneText')} />
        )}
        {(list.data?.pages[0]?.unread ?? 0) > 0 && (
          <ActionButton
            variant="default"
            style={{ alignSelf: 'start' }}
            loading={mark.isPending}
            onClick={() => mark.mutate('all')}
          >
            {t('notifications.markAll')}
          </ActionButton>
        )}
        <ul className="list">
          {items.map((notification) => (
            <Item key={notification.id} notification={notification} onRead={mark.mutate} />
          ))}
        </ul>
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
    </Page>
  );
}
