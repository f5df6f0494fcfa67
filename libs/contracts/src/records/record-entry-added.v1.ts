import { IsIn, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** Something was written into a patient's record; what it is, the record alone says. */
export class RecordEntryAddedV1 {
  @IsString() patientId!: string;
  @IsString() entryId!: string;
  @IsString() authorId!: string;
  /** By whose hand: a doctor's, or the patient's own. */
  @IsIn(['doctor', 'patient']) authorRole!: 'doctor' | 'patient';
}

export const recordEntryAddedV1 = defineContract({
  type: 'records.record-entry-added.v1',
  data: RecordEntryAddedV1,
  example: {
    patientId: '01935a6e-0000-7000-8000-000000000001',
    entryId: '01935a6e-0000-7000-8000-000000000070',
    authorId: '01935a6e-0000-7000-8000-000000000002',
    authorRole: 'doctor',
  },
});
