import { IsIn, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

export class AccountRegisteredV1 {
  @IsString() accountId!: string;
  @IsIn(['patient', 'doctor', 'admin']) role!: 'patient' | 'doctor' | 'admin';
  @IsString() firstName!: string;
  @IsString() lastName!: string;
  @IsIn(['fr', 'en', 'ar']) locale!: 'fr' | 'en' | 'ar';
}

export const accountRegisteredV1 = defineContract({
  type: 'identity.account-registered.v1',
  data: AccountRegisteredV1,
  counter: 'account',
  example: {
    accountId: '01935a6e-0000-7000-8000-000000000001',
    role: 'patient',
    firstName: 'Amina',
    lastName: 'Ben Salah',
    locale: 'fr',
  },
});
