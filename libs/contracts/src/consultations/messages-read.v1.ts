import { IsInt, IsISO8601, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** Somebody read what the other wrote in a conversation, up to a message. */
export class MessagesReadV1 {
  @IsString() conversationId!: string;
  @IsString() readerId!: string;
  @IsString() authorId!: string;
  /** Number of the last message that was read: the sequence of its `message-sent`. */
  @IsInt() upTo!: number;
  @IsISO8601() readAt!: string;
}

export const messagesReadV1 = defineContract({
  type: 'consultations.messages-read.v1',
  data: MessagesReadV1,
  example: {
    conversationId: '01935a6e-0000-7000-8000-000000000060',
    readerId: '01935a6e-0000-7000-8000-000000000002',
    authorId: '01935a6e-0000-7000-8000-000000000001',
    upTo: 4,
    readAt: '2026-11-30T08:05:00.000Z',
  },
});
