import { IsArray, IsIn, IsISO8601, IsOptional, IsString, Matches } from 'class-validator';
import { defineContract } from '../contract.js';

/** When a doctor can be booked, coarse enough for the directory: the next free slot and the days that have one. */
export class AvailabilitySummarisedV1 {
  @IsString() doctorId!: string;
  /** Start of the next free slot; absent when there is none within the horizon. */
  @IsOptional() @IsISO8601() nextAvailableAt?: string;
  /** Days with a free slot, `YYYY-MM-DD` in UTC, ascending. */
  @IsArray() @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true }) days!: string[];
  @IsArray() @IsIn(['video', 'in-person'], { each: true }) modes!: ('video' | 'in-person')[];
}

export const availabilitySummarisedV1 = defineContract({
  type: 'scheduling.availability-summarised.v1',
  data: AvailabilitySummarisedV1,
  counter: 'availability',
  example: {
    doctorId: '01935a6e-0000-7000-8000-000000000002',
    nextAvailableAt: '2026-11-30T08:00:00.000Z',
    days: ['2026-11-30', '2026-12-01'],
    modes: ['video'],
  },
});
