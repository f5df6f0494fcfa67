import { IsIn, IsISO8601, IsOptional } from 'class-validator';
import { defineContract } from '../contract.js';
import { ConsultationData, consultationExample } from './visit-facts.js';

/** The doctor ended the visit by video. */
export class ConsultationFinishedV1 extends ConsultationData {
  @IsISO8601() finishedAt!: string;
  /** They judged that video does not suit; why is in the record. */
  @IsOptional() @IsIn([true]) unsuitable?: true;
}

export const consultationFinishedV1 = defineContract({
  type: 'consultations.consultation-finished.v1',
  data: ConsultationFinishedV1,
  example: { ...consultationExample, finishedAt: '2026-11-30T08:27:00.000Z' },
});
