import { IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** Somebody is signed out on one device: what was given to that session is worth nothing from now on. */
export class SessionEndedV1 {
  @IsString() sessionId!: string;
  @IsString() accountId!: string;
}

export const sessionEndedV1 = defineContract({
  type: 'identity.session-ended.v1',
  data: SessionEndedV1,
  live: true,
  example: {
    sessionId: '01935a6e-0000-7000-8000-000000000040',
    accountId: '01935a6e-0000-7000-8000-000000000001',
  },
});
