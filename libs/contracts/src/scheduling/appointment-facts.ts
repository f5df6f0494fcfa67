import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Min, ValidateNested } from 'class-validator';

export class MoneyData {
  /** In the currency's minor unit (TND: millimes). */
  @IsInt() @Min(0) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
}

/** What scheduling has heard of the payment of an appointment. */
export class KnownPaymentData {
  @IsString() paymentId!: string;
  @IsString() status!: string;
  /** Of billing's last word. */
  @IsInt() @Min(0) sequence!: number;
  /** Went back so far. */
  @IsOptional() @IsInt() @Min(0) refunded?: number;
}

/** What every fact about an appointment says. People are ids only: consumers keep their own names. */
export class AppointmentData {
  @IsString() appointmentId!: string;
  @IsString() doctorId!: string;
  @IsString() patientId!: string;
  @IsISO8601() startsAt!: string;
  @IsISO8601() endsAt!: string;
  @IsIn(['video', 'in-person']) mode!: 'video' | 'in-person';
  @ValidateNested() @Type(() => MoneyData) price!: MoneyData;
  /** When it is paid: absent in facts of before payments, which were paid after acceptance if at all. */
  @IsOptional() @IsIn(['at-booking', 'after-acceptance']) payment?: 'at-booking' | 'after-acceptance';
  /** False: merely held so far, the doctor has never been told of it. */
  @IsOptional() @IsBoolean() announced?: boolean;
  /** In facts that are told again: for a billing that has lost its own books. */
  @IsOptional() @ValidateNested() @Type(() => KnownPaymentData) knownPayment?: KnownPaymentData;
}

/**
 * Why it was called off by no wish of either side: the doctor may see nobody any more, or judged at the visit that video does
 * not suit.
 */
export const callOffCauses = ['doctor-unavailable', 'unsuitable-by-video'] as const;
export type CallOffCause = (typeof callOffCauses)[number];

export class EndedAppointmentData extends AppointmentData {
  @IsIn(['patient', 'doctor']) by!: 'patient' | 'doctor';
  /** Written by a person for the other side; absent when none was given. */
  @IsOptional() @IsString() reason?: string;
  /** Absent: a wish of that side. */
  @IsOptional() @IsIn(callOffCauses) because?: CallOffCause;
  /** Of what is captured, so much goes back to the patient; absent: all of it. */
  @IsOptional() @ValidateNested() @Type(() => MoneyData) refund?: MoneyData;
}

export const appointmentExample: AppointmentData = {
  appointmentId: '01935a6e-0000-7000-8000-000000000010',
  doctorId: '01935a6e-0000-7000-8000-000000000002',
  patientId: '01935a6e-0000-7000-8000-000000000001',
  startsAt: '2026-11-30T08:00:00.000Z',
  endsAt: '2026-11-30T08:30:00.000Z',
  mode: 'video',
  price: { amount: 60000, currency: 'TND' },
};
