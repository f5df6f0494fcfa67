import { IsInt, IsNumber, IsString, Max, Min } from 'class-validator';
import { defineContract } from '../contract.js';

/** How a doctor is rated from now on. */
export class RatingSummarisedV1 {
  @IsString() doctorId!: string;
  /** Mean of the stars, 0 when nobody rated yet. */
  @IsNumber() @Min(0) @Max(5) average!: number;
  @IsInt() @Min(0) count!: number;
  /** What directories sort by: the mean, drawn towards that of all doctors while few have rated. */
  @IsNumber() @Min(0) @Max(5) score!: number;
}

export const ratingSummarisedV1 = defineContract({
  type: 'feedback.rating-summarised.v1',
  data: RatingSummarisedV1,
  counter: 'rating',
  example: { doctorId: '01935a6e-0000-7000-8000-000000000002', average: 4.6, count: 12, score: 4.3 },
});
