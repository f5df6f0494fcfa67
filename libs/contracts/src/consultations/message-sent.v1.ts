import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** Somebody wrote in a conversation; what, the conversation alone says. Its sequence is the message's number there. */
export class MessageSentV1 {
  @IsString() conversationId!: string;
  @IsString() messageId!: string;
  @IsString() authorId!: string;
  @IsIn(['doctor', 'patient']) authorRole!: 'doctor' | 'patient';
  @IsString() recipientId!: string;
  @IsISO8601() sentAt!: string;
  /** The doctor's automatic answer: nobody is told of it anew. */
  @IsOptional() @IsBoolean() automatic?: true;
}

export const messageSentV1 = defineContract({
  type: 'consultations.message-sent.v1',
  data: MessageSentV1,
  example: {
    conversationId: '01935a6e-0000-7000-8000-000000000060',
    messageId: 'kq0t0w3uSxP0dRk9cXzC2l1nJm8vYb7aHgEo5TfUiWs',
    authorId: '01935a6e-0000-7000-8000-000000000001',
    authorRole: 'patient',
    recipientId: '01935a6e-0000-7000-8000-000000000002',
    sentAt: '2026-11-30T08:00:00.000Z',
  },
});
