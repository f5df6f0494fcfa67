import { IsIn, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** A suspended account may be used again. */
export class AccountReinstatedV1 {
  @IsString() accountId!: string;
  @IsIn(['patient', 'doctor', 'admin']) role!: 'patient' | 'doctor' | 'admin';
}

export const accountReinstatedV1 = defineContract({
  type: 'identity.account-reinstated.v1',
  data: AccountReinstatedV1,
  counter: 'account',
  example: { accountId: '01935a6e-0000-7000-8000-000000000002', role: 'doctor' },
});
