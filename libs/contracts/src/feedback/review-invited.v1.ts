import { IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** A day after the visit, unrated so far: the patient is asked once. */
export class ReviewInvitedV1 {
  @IsString() appointmentId!: string;
  @IsString() patientId!: string;
  @IsString() doctorId!: string;
}

export const reviewInvitedV1 = defineContract({
  type: 'feedback.review-invited.v1',
  data: ReviewInvitedV1,
  example: {
    appointmentId: '01935a6e-0000-7000-8000-000000000010',
    patientId: '01935a6e-0000-7000-8000-000000000001',
    doctorId: '01935a6e-0000-7000-8000-000000000002',
  },
});
