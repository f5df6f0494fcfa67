import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { io as openSocket } from 'socket.io-client';
import { api, currentToken, refresh, type Schemas } from './api';
import { keepConnected } from './live-connection';
import { pathOfNews } from './news';
import { ownActs } from './own-acts';
import { presentTokens } from './present-tokens';
import { useSession } from './session';
import { toast } from './toast';
import { typing } from './typing';
import { isSomethingUnsent } from './unsent';

type LiveNotification = Pick<Schemas['NotificationView'], 'id' | 'title' | 'body' | 'type' | 'data'>;

interface LiveMessage {
  conversationId: string;
  kind?: 'sent' | 'delivered' | 'read';
  recipientId?: string;
}

/** Live news for whoever is signed in: lists reload by themselves and a toast tells what happened. */
export function useRealtime(): void {
  const { account } = useSession();
  const queries = useQueryClient();
  const id = account?.id;
  useEffect(() => {
    if (!id) return;
    // What was written without network goes out wherever the page is opened.
    if (isSomethingUnsent()) void import('./unsent-messages').then(({ unsentOf }) => unsentOf(id, queries));
    let stop: (() => void) | undefined;
    let isOver = false;
    // Strangers need no live connection, nor the code for one.
    void import('socket.io-client').then(({ io }) => {
      if (!isOver) stop = connect(io, queries, id);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [id, queries]);
}

/** @returns what ends it */
function connect(io: typeof openSocket, queries: QueryClient, accountId: string): () => void {
  const socket = io({
    path: '/realtime',
    auth: (give) => give({ token: currentToken() }),
    transports: ['websocket', 'polling'],
    reconnection: false,
  });
  socket.on('notification', ({ id: key, title, body, ...news }: LiveNotification) => {
    // Whoever has the conversation before them sees it there.
    const path = pathOfNews(news);
    const isOpen = news.type === 'message-received' && location.pathname === path;
    if (!isOpen && !ownActs.isNewsOf(news.data.appointmentId)) toast(body, title, key, path);
    for (const key of ['notifications', 'feedback', 'dashboard']) void queries.invalidateQueries({ queryKey: [key] });
  });
  socket.on('appointment', () => {
    for (const key of ['appointments', 'appointment', 'payments', 'dashboard', 'patient', 'patients'])
      void queries.invalidateQueries({ queryKey: [key], predicate: ({ queryKey }) => queryKey[1] !== 'of' });
  });
  socket.on('message', ({ conversationId, kind, recipientId }: LiveMessage) => {
    if (kind === 'sent') typing.over(conversationId);
    if (kind === 'sent' && recipientId === accountId)
      void api
        .POST('/conversations/{id}/delivered', { params: { path: { id: conversationId } } })
        .catch(() => undefined);
    for (const queryKey of [['conversations'], ['messages', conversationId], ['conversation', conversationId]])
      void queries.invalidateQueries({ queryKey });
  });
  socket.on('typing', ({ conversationId }: LiveMessage) => typing.heard(conversationId));
  typing.connect((conversationId) => void socket.volatile.emit('typing', { conversationId }));
  const stopPresenting = presentTokens(socket);
  const disconnect = keepConnected(socket, {
    renew: async () => (await refresh()) !== undefined,
    missed: () => void queries.invalidateQueries(),
  });
  return () => {
    typing.disconnect();
    stopPresenting();
    disconnect();
  };
}
