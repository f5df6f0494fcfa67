import { SegmentedControl, Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { ReasonDialog } from '../../components/reason-dialog';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { toast } from '../../lib/toast';
import { Candidate, type Doctor } from './candidate';

export default function Verification() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [state, setState] = useState('pending');
  const [refusing, setRefusing] = useState<Doctor>();
  const list = useInfiniteQuery({
    queryKey: ['verification', state],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/admin/doctors', {
          params: { query: { verification: state, ...(pageParam && { cursor: pageParam }) } as never },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const judge = useMutation({
    mutationFn: ({ id, reason }: { id: string; reason?: string }) =>
      reason === undefined
        ? dataOf(api.POST('/admin/doctors/{id}/verify', { params: { path: { id } } }))
        : dataOf(api.POST('/admin/doctors/{id}/refuse', { params: { path: { id } }, body: { reason } })),
    onSuccess: (_, { reason }) => {
      setRefusing(undefined);
      toast(t(reason === undefined ? 'verification.verifiedToast' : 'verification.refusedToast'));
      return queries.invalidateQueries({ queryKey: ['verification'] });
    },
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const states = ['pending', 'verified', 'refused'] as const;
  return (
    <Page title={t('verification.title')}>
      <Stack>
        <SegmentedControl
          aria-label={t('verification.filter')}
          value={state}
          onChange={setState}
          data={states.map((value) => ({ value, label: t(`verification.${value}`) }))}
        />
        {list.isPending && <Loading />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {!refusing && <WriteProblem error={judge.error} />}
        {list.isSuccess && items.length === 0 && (
          <Empty title={t('verification.none')} text={t('verification.noneText')} />
        )}
        {items.map((doctor) => (
          <Candidate
            key={doctor.id}
            doctor={doctor}
            judging={judge.isPending && judge.variables.id === doctor.id}
            onVerify={state === 'verified' ? undefined : () => judge.mutate({ id: doctor.id })}
            onRefuse={
              state === 'refused'
                ? undefined
                : () => {
                    judge.reset();
                    setRefusing(doctor);
                  }
            }
          />
        ))}
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
      <ReasonDialog
        opened={refusing !== undefined}
        title={t('verification.refuseTitle')}
        label={t('verification.refuseReason')}
        required
        confirm={t('verification.refuse')}
        keep={t('common.cancel')}
        pending={judge.isPending}
        error={judge.error}
        onClose={() => setRefusing(undefined)}
        onConfirm={(reason) => refusing && judge.mutate({ id: refusing.id, reason })}
      />
    </Page>
  );
}
