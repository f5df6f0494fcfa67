import { IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** Somebody types in a conversation at this moment. */
export class TypingV1 {
  @IsString() conversationId!: string;
  @IsString() accountId!: string;
  /** Who is told. */
  @IsString() otherId!: string;
}

export const typingV1 = defineContract({
  type: 'consultations.typing.v1',
  data: TypingV1,
  live: true,
  example: {
    conversationId: '01935a6e-0000-7000-8000-000000000060',
    accountId: '01935a6e-0000-7000-8000-000000000001',
    otherId: '01935a6e-0000-7000-8000-000000000002',
  },
});
