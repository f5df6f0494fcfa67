import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { RequestAnswers } from '../../components/request-answers';
import { Empty, Failed, Loading } from '../../components/states';
import { useAppointments } from '../../lib/appointments';

export default function Requests() {
  const { t } = useTranslation();
  const list = useAppointments({ status: ['requested'], order: 'asc' });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('requests.title')}>
      <Stack>
        {list.isPending && <Loading height={130} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && items.length === 0 && <Empty title={t('requests.none')} text={t('requests.noneText')} />}
        <RequestAnswers appointments={items} />
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
    </Page>
  );
}
