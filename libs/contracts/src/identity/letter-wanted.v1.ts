import { IsIn, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/**
 * Somebody is to be written to about their account itself. What the letter needs beyond this (where to, and the link that
 * proves who reads it) is asked of identity when it is written, and never on the bus. The subject is the letter.
 */
export class LetterWantedV1 {
  @IsString() letterId!: string;
  @IsString() accountId!: string;
  /** `verification` and `recovery` bring a link; `credentials-changed` only tells. */
  @IsIn(['verification', 'recovery', 'credentials-changed']) purpose!:
    'verification' | 'recovery' | 'credentials-changed';
}

export const letterWantedV1 = defineContract({
  type: 'identity.letter-wanted.v1',
  data: LetterWantedV1,
  example: {
    letterId: '01935a6e-0000-7000-8000-000000000050',
    accountId: '01935a6e-0000-7000-8000-000000000001',
    purpose: 'verification',
  },
});
