import { IsInt, IsISO8601, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** What was written in a conversation has reached a device of the other person. */
export class MessagesDeliveredV1 {
  @IsString() conversationId!: string;
  @IsString() recipientId!: string;
  @IsString() authorId!: string;
  /** Number of the last message that was delivered. */
  @IsInt() upTo!: number;
  @IsISO8601() deliveredAt!: string;
}

export const messagesDeliveredV1 = defineContract({
  type: 'consultations.messages-delivered.v1',
  data: MessagesDeliveredV1,
  live: true,
  example: {
    conversationId: '01935a6e-0000-7000-8000-000000000060',
    recipientId: '01935a6e-0000-7000-8000-000000000002',
    authorId: '01935a6e-0000-7000-8000-000000000001',
    upTo: 4,
    deliveredAt: '2026-11-30T08:01:00.000Z',
  },
});
