import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, dataOf } from '../../lib/api';

export type AdminAccount = Schemas['AdminAccountView'];

/** Newest first; an empty text or role is any. */
export const useAccounts = (text: string, role: string) =>
  useInfiniteQuery({
    queryKey: ['accounts', text, role],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(text && { q: text }), ...(role && { role }), ...(pageParam && { cursor: pageParam }) };
      return dataOf(api.GET('/admin/accounts', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Suspends where a reason is given, else reinstates. */
export function useStanding() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason?: string }) => {
      const params = { path: { id } };
      return reason === undefined
        ? dataOf(api.POST('/admin/accounts/{id}/reinstate', { params }))
        : dataOf(api.POST('/admin/accounts/{id}/suspend', { params, body: { reason } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
}
