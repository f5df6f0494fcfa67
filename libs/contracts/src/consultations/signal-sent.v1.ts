import { IsBoolean, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** What one browser of a visit tells another to connect with it. */
export class SignalSentV1 {
  @IsString() appointmentId!: string;
  @IsString() from!: string;
  @IsString() to!: string;
  /** The recipient sits on a third seat. */
  @IsBoolean() isGuest!: boolean;
  /** JSON. */
  @IsString() data!: string;
}

export const signalSentV1 = defineContract({
  type: 'consultations.signal-sent.v1',
  data: SignalSentV1,
  live: true,
  example: {
    appointmentId: '01935a6e-0000-7000-8000-000000000010',
    from: '01935a6e-0000-7000-8000-000000000002',
    to: '01935a6e-0000-7000-8000-000000000001',
    isGuest: false,
    data: '{"kind":"hello"}',
  },
});
