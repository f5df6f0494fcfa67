import { IsArray, IsBoolean, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** The page of somebody in a visit came or went. */
export class PresenceChangedV1 {
  @IsString() appointmentId!: string;
  @IsString() participantId!: string;
  @IsString() device!: string;
  @IsBoolean() online!: boolean;
  /** Who is told. */
  @IsArray() @IsString({ each: true }) accounts!: string[];
  @IsArray() @IsString({ each: true }) seats!: string[];
}

export const presenceChangedV1 = defineContract({
  type: 'consultations.presence-changed.v1',
  data: PresenceChangedV1,
  live: true,
  example: {
    appointmentId: '01935a6e-0000-7000-8000-000000000010',
    participantId: '01935a6e-0000-7000-8000-000000000001',
    device: 'a1b2c3',
    online: true,
    accounts: ['01935a6e-0000-7000-8000-000000000002'],
    seats: [],
  },
});
