import { Type } from 'class-transformer';
import { IsIn, IsISO8601, ValidateNested } from 'class-validator';
import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample, MoneyData } from './appointment-facts.js';

class ProposalData {
  @IsISO8601() startsAt!: string;
  @IsISO8601() endsAt!: string;
  @IsIn(['video', 'in-person']) mode!: 'video' | 'in-person';
  @ValidateNested() @Type(() => MoneyData) price!: MoneyData;
  /** Unless the patient has answered by then, it lapses. */
  @IsISO8601() until!: string;
}

/** The doctor would rather have it at another time; it keeps its own until the patient agrees. */
export class AppointmentRescheduleProposedV1 extends AppointmentData {
  /** How it stands, which this does not change. */
  @IsIn(['requested', 'accepted']) status!: 'requested' | 'accepted';
  @ValidateNested() @Type(() => ProposalData) proposal!: ProposalData;
}

export const appointmentRescheduleProposedV1 = defineContract({
  type: 'scheduling.appointment-reschedule-proposed.v1',
  data: AppointmentRescheduleProposedV1,
  example: {
    ...appointmentExample,
    status: 'accepted',
    proposal: {
      startsAt: '2026-12-01T08:00:00.000Z',
      endsAt: '2026-12-01T08:30:00.000Z',
      mode: 'video',
      price: { amount: 60000, currency: 'TND' },
      until: '2026-11-30T08:00:00.000Z',
    },
  },
});
