import type { Person } from '@medflow/people';
import { decodeCursor, encodeCursor, photoOf, ValidationFailed } from '@medflow/service-kit';
import type { NamedMessages, OpenedConversation, SeenConversation } from '../../application/read-conversations.js';
import type { Answering } from '../../domain/answering.js';
import type { Message } from '../../domain/conversation.js';
import type {
  AnsweringView,
  ConversationView,
  MessageList,
  MessageView,
  obstacles,
  OpenedConversationView,
} from './conversations.dto.js';

const authorView = ({ id, firstName, lastName }: Person) => ({ id, firstName, lastName });

export const answeringView = ({ autoReply, hours }: Answering): AnsweringView => ({
  autoReply,
  hours: hours.map(({ weekday, start, end }) => ({ weekday, start, end })),
});

export function conversationView({ state, with: other, author, unread }: SeenConversation): ConversationView {
  const { id, lastMessage, closing } = state;
  const { id: otherId, firstName, lastName, photo } = other;
  return {
    id,
    with: { id: otherId, firstName, lastName, photo: photoOf(photo) },
    ...(lastMessage && {
      lastMessage: {
        text: lastMessage.text,
        files: lastMessage.files,
        author: authorView(author!),
        sentAt: lastMessage.sentAt.toISOString(),
      },
    }),
    unread,
    closed: closing.closed,
    ...(closing.autoReply && { autoReply: closing.autoReply }),
  };
}

export const openedView = (opened: OpenedConversation): OpenedConversationView => ({
  ...conversationView(opened),
  obstacle: opened.obstacle as (typeof obstacles)[number] | null,
  answering: answeringView(opened.answering),
});

export const messageView = (message: Message, people: ReadonlyMap<string, Person>): MessageView => ({
  id: message.id,
  number: message.number,
  text: message.text,
  files: message.files.map(({ id, name, type, bytes }) => ({
    id,
    name,
    type,
    size: bytes,
    url: `/api/v1/conversations/${message.conversationId}/messages/${message.id}/files/${id}`,
  })),
  author: authorView(people.get(message.authorId)!),
  automatic: message.automatic,
  sentAt: message.sentAt.toISOString(),
  deliveredAt: message.deliveredAt?.toISOString() ?? null,
  readAt: message.readAt?.toISOString() ?? null,
});

export const messageList = ({ messages, people, next }: NamedMessages): MessageList => ({
  items: messages.map((message) => messageView(message, people)),
  nextCursor: next === undefined ? null : encodeCursor([next]),
});

/** @throws ValidationFailed */
export function numberBefore(cursor: string | undefined): { before?: number } {
  const keys = decodeCursor(cursor, 1);
  if (!keys) return {};
  const [before] = keys;
  if (typeof before !== 'number' || !Number.isSafeInteger(before) || before < 1)
    throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
  return { before };
}
