import { IsInt, IsString, Max, Min } from 'class-validator';

/** What every fact about a review says; its text stays with feedback. */
export class ReviewData {
  @IsString() reviewId!: string;
  @IsString() appointmentId!: string;
  @IsString() patientId!: string;
  @IsString() doctorId!: string;
  @IsInt() @Min(1) @Max(5) stars!: number;
}

export const reviewExample: ReviewData = {
  reviewId: '01935a6e-0000-7000-8000-000000000040',
  appointmentId: '01935a6e-0000-7000-8000-000000000010',
  patientId: '01935a6e-0000-7000-8000-000000000001',
  doctorId: '01935a6e-0000-7000-8000-000000000002',
  stars: 5,
};
