import { IsIn, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** An administrator barred the account: nobody signs in to it, its sessions are over. Why is not for the bus. */
export class AccountSuspendedV1 {
  @IsString() accountId!: string;
  @IsIn(['patient', 'doctor', 'admin']) role!: 'patient' | 'doctor' | 'admin';
}

export const accountSuspendedV1 = defineContract({
  type: 'identity.account-suspended.v1',
  data: AccountSuspendedV1,
  counter: 'account',
  example: { accountId: '01935a6e-0000-7000-8000-000000000002', role: 'doctor' },
});
