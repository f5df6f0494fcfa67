import { IsArray, IsIn, IsOptional, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** A visit stands otherwise than before: its pages ask how. */
export class ConsultationChangedV1 {
  @IsString() appointmentId!: string;
  @IsIn(['waiting', 'admitted', 'live', 'finished']) state!: 'waiting' | 'admitted' | 'live' | 'finished';
  /** Who is told: accounts, and seats of guests. */
  @IsArray() @IsString({ each: true }) accounts!: string[];
  @IsArray() @IsString({ each: true }) seats!: string[];
  /** To one of them alone: they go on on that device, their former one gives way. */
  @IsOptional() @IsString() movedTo?: string;
}

export const consultationChangedV1 = defineContract({
  type: 'consultations.consultation-changed.v1',
  data: ConsultationChangedV1,
  live: true,
  example: {
    appointmentId: '01935a6e-0000-7000-8000-000000000010',
    state: 'waiting',
    accounts: ['01935a6e-0000-7000-8000-000000000002', '01935a6e-0000-7000-8000-000000000001'],
    seats: ['guest-01935a6e-0000-7000-8000-000000000080'],
  },
});
