import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, dataOf } from '../../lib/api';
import { readAgain } from '../../lib/write';

export type Notification = Schemas['NotificationView'];

export function useNotifications() {
  const { i18n } = useTranslation();
  return useInfiniteQuery({
    queryKey: ['notifications', i18n.language],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/notifications', { params: { query: (pageParam ? { cursor: pageParam } : {}) as never }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string | 'all') => {
      if (id === 'all') await dataOf(api.POST('/notifications/read-all'));
      else await dataOf(api.POST('/notifications/{id}/read', { params: { path: { id } } }));
    },
    onSettled: readAgain(() => queries.invalidateQueries({ queryKey: ['notifications'] })),
  });
}
