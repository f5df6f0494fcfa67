import { IsISO8601, IsOptional, IsString } from 'class-validator';

/** What every fact about a visit by video says. */
export class ConsultationData {
  @IsString() appointmentId!: string;
  @IsString() doctorId!: string;
  @IsString() patientId!: string;
  /** When both were in the room for the first time; absent: they never were. */
  @IsOptional() @IsISO8601() startedAt?: string;
}

export const consultationExample: ConsultationData = {
  appointmentId: '01935a6e-0000-7000-8000-000000000010',
  doctorId: '01935a6e-0000-7000-8000-000000000002',
  patientId: '01935a6e-0000-7000-8000-000000000001',
  startedAt: '2026-11-30T08:02:00.000Z',
};
