import {
  Choice,
  Flag,
  Instant,
  MayBeAbsent,
  Nested,
  NestedList,
  PageQuery,
  Photo,
  Text,
  WallTime,
  Whole,
} from '@medflow/service-kit';

const TEXT_MAX = 4000;
const AUTO_REPLY_MAX = 1000;
const SEARCH_MAX = 100;
const COUNT_MAX = 1_000_000_000;
const MOST_HOURS = 50;

export const obstacles = ['care-ended', 'conversation-closed', 'doctor-unavailable', 'not-practising'] as const;

export class ConversationsQuery extends PageQuery {
  @Text({ max: SEARCH_MAX, optional: true, description: 'In the names of people and in what was written' }) q?: string;
}

export class MessagesQuery extends PageQuery {
  @Text({ max: SEARCH_MAX, optional: true, description: 'Beginnings of words that all stand in a message' })
  q?: string;
}

/** One of the two: the other person. */
export class OpenConversationBody {
  @Text({ max: 64, optional: true, description: 'By a patient' }) doctorId?: string;
  @Text({ max: 64, optional: true, description: 'By a doctor' }) patientId?: string;
}

@MayBeAbsent()
export class SendMessageBody {
  @Text({ max: TEXT_MAX, min: 0, multiline: true, optional: true, description: 'May be empty beside a file' })
  text?: string;
}

@MayBeAbsent()
export class ReadMessagesBody {
  @Text({ max: 64, optional: true, description: 'Id of the last message that was read; absent: all of them' })
  upTo?: string;
}

export class AnsweringHoursView {
  @Whole({ min: 1, max: 7, description: 'Monday 1' }) weekday!: number;
  @WallTime({ description: 'At the doctor’s' }) start!: string;
  @WallTime() end!: string;
}

export class ClosingBody {
  @Flag() closed!: boolean;
  @Text({
    max: AUTO_REPLY_MAX,
    multiline: true,
    optional: true,
    nullable: true,
    description: 'Absent: the general one; null: none, and a closed conversation takes no messages',
  })
  autoReply?: string | null;
  @NestedList(() => AnsweringHoursView, { max: MOST_HOURS, optional: true, description: 'Absent: the general ones' })
  hours?: AnsweringHoursView[];
}

export class AnsweringView {
  @Text({ max: AUTO_REPLY_MAX, multiline: true, nullable: true, description: 'What is answered by itself' })
  autoReply!: string | null;
  @NestedList(() => AnsweringHoursView, { max: MOST_HOURS, description: 'When the doctor answers; none: at any time' })
  hours!: AnsweringHoursView[];
}

class ConversationPersonView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
}

class MessageAuthorView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
}

class LastMessageView {
  @Text({ min: 0, max: TEXT_MAX, multiline: true }) text!: string;
  @Whole({ min: 0, max: 1, description: 'How many files came with it' }) files!: number;
  @Nested(() => MessageAuthorView) author!: MessageAuthorView;
  @Instant() sentAt!: string;
}

export class ConversationView {
  @Text({ max: 64 }) id!: string;
  @Nested(() => ConversationPersonView) with!: ConversationPersonView;
  @Nested(() => LastMessageView, { optional: true }) lastMessage?: LastMessageView;
  @Whole({ min: 0, max: COUNT_MAX, description: 'Messages that the reader has not read' }) unread!: number;
  @Flag({ description: 'By the doctor' }) closed!: boolean;
  @Text({ max: AUTO_REPLY_MAX, multiline: true, optional: true, description: 'Of this conversation alone' })
  autoReply?: string;
}

export class OpenedConversationView extends ConversationView {
  @Choice(obstacles, { nullable: true, description: 'What keeps the reader from writing' })
  obstacle!: (typeof obstacles)[number] | null;
  @Nested(() => AnsweringView) answering!: AnsweringView;
}

export class ConversationList {
  @NestedList(() => ConversationView, { max: 100 }) items!: ConversationView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
  @Whole({ min: 0, max: COUNT_MAX, description: 'In all conversations, not only on this page' }) unread!: number;
}

class MessageFileView {
  @Text({ max: 64 }) id!: string;
  @Text({ max: 120 }) name!: string;
  @Choice(['application/pdf', 'image/webp']) type!: string;
  @Whole({ min: 0, max: COUNT_MAX, description: 'Bytes' }) size!: number;
  @Text({ max: 300, description: 'Where it is read, with the access token' }) url!: string;
}

export class MessageView {
  @Text({ max: 64 }) id!: string;
  @Whole({ min: 1, max: COUNT_MAX, description: 'Counts the messages of the conversation' }) number!: number;
  @Text({ min: 0, max: TEXT_MAX, multiline: true }) text!: string;
  @NestedList(() => MessageFileView, { max: 1 }) files!: MessageFileView[];
  @Nested(() => MessageAuthorView) author!: MessageAuthorView;
  @Flag({ description: 'The doctor’s automatic answer' }) automatic!: boolean;
  @Instant() sentAt!: string;
  @Instant({ nullable: true }) deliveredAt!: string | null;
  @Instant({ nullable: true }) readAt!: string | null;
}

export class MessageList {
  @NestedList(() => MessageView, { max: 100 }) items!: MessageView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class PassTypingBody {
  @Text({ max: 64 }) accountId!: string;
}
