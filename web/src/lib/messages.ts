import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, currentToken, dataOf, fetchAgain, type Schemas } from './api';
import { ProblemError, problemOf } from './problems';
import type { Outcome, Unsent } from './unsent';

export type ConversationItem = Schemas['ConversationView'];
export type Conversation = Schemas['OpenedConversationView'];
export type Message = Schemas['MessageView'];
export type Answering = Schemas['AnsweringView'];
type MessagePage = Schemas['MessageList'];

const LISTS = 'conversations';

export const useConversations = (typed: string) =>
  useInfiniteQuery({
    queryKey: [LISTS, 'list', typed],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(typed && { q: typed }), ...(pageParam && { cursor: pageParam }) };
      return dataOf(api.GET('/conversations', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Of all conversations together. */
export const useUnread = (enabled: boolean) =>
  useQuery({
    queryKey: [LISTS, 'unread'],
    queryFn: ({ signal }) => dataOf(api.GET('/conversations', { params: { query: { limit: 1 } as never }, signal })),
    select: ({ unread }) => unread,
    enabled,
  });

export const useConversation = (id: string) =>
  useQuery({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => dataOf(api.GET('/conversations/{id}', { params: { path: { id } }, signal })),
  });

/** Newest first. */
export const useMessages = (id: string, typed = '') =>
  useInfiniteQuery({
    queryKey: ['messages', id, typed],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 30, ...(typed && { q: typed }), ...(pageParam && { cursor: pageParam }) };
      return dataOf(
        api.GET('/conversations/{id}/messages', { params: { path: { id }, query: query as never }, signal }),
      );
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export function invalidateConversation(queries: QueryClient, id: string): Promise<unknown> {
  return Promise.all([
    queries.invalidateQueries({ queryKey: ['messages', id] }),
    queries.invalidateQueries({ queryKey: ['conversation', id] }),
    queries.invalidateQueries({ queryKey: [LISTS] }),
  ]);
}

/** Shown before the list is read again. */
export function addMessage(queries: QueryClient, id: string, message: Message): void {
  queries.setQueryData<InfiniteData<MessagePage>>(['messages', id, ''], (data) => {
    const [first, ...others] = data?.pages ?? [];
    if (!data || !first || first.items.some((item) => item.id === message.id)) return data;
    return { ...data, pages: [{ ...first, items: [message, ...first.items] }, ...others] };
  });
}

export const useOpenConversation = () =>
  useMutation({
    mutationFn: (other: { doctorId: string } | { patientId: string }) =>
      dataOf(api.POST('/conversations', { body: other })),
  });

export function useMarkRead(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) =>
      dataOf(api.POST('/conversations/{id}/read', { params: { path: { id } }, body: { upTo } })),
    onSuccess: (conversation) => {
      queries.setQueryData(['conversation', id], conversation);
      void queries.invalidateQueries({ queryKey: [LISTS] });
    },
  });
}

/** They have reached this device; what is lost is said with the next. */
export const markDelivered = (id: string): Promise<unknown> =>
  api.POST('/conversations/{id}/delivered', { params: { path: { id } } }).catch(() => undefined);

export function useClosing(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ClosingBody']) =>
      dataOf(api.PUT('/conversations/{id}/closing', { params: { path: { id } }, body })),
    onSuccess: () => invalidateConversation(queries, id),
  });
}

export const useAnswering = () =>
  useQuery({
    queryKey: ['answering'],
    queryFn: ({ signal }) => dataOf(api.GET('/conversations/settings', { signal })),
  });

export function useChangeAnswering() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Answering) => dataOf(api.PUT('/conversations/settings', { body })),
    onSuccess: (answering) => queries.setQueryData(['answering'], answering),
  });
}

/** What came of an attempt to send a message. */
export async function postUnsent({ key, conversationId, text }: Unsent): Promise<Outcome & { message?: Message }> {
  try {
    const message = await dataOf(
      api.POST('/conversations/{id}/messages', {
        params: { path: { id: conversationId }, header: { 'Idempotency-Key': key } },
        body: { text } as never,
      }),
    );
    return { sent: true, message };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.isTemporary || error.status === 401) return { away: true };
    return { refusal: error.fields[0]?.message ?? error.message };
  }
}

/** @throws ProblemError */
export async function postFile(conversationId: string, file: File, text: string, key: string): Promise<Message> {
  const form = new FormData();
  if (text) form.set('text', text);
  form.set('file', file);
  const request = new Request(`/api/v1/conversations/${encodeURIComponent(conversationId)}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${currentToken() ?? ''}`,
      'accept-language': document.documentElement.lang,
      'idempotency-key': key,
    },
    body: form,
  });
  const response = await fetchAgain(request).catch(() => undefined);
  const body: unknown = await response?.json().catch(() => undefined);
  if (!response?.ok) throw problemOf(response, body);
  return body as Message;
}
