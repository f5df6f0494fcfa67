import type { AccountSubject } from '@medflow/access';
import { retryUntilKnown } from '@medflow/service-kit';
import type { Asked } from '../../application/open-records.js';
import { NotFound } from '../../domain/errors.js';

/** The record that the path names; `me` is a patient's own. @throws NotFound for anybody else's `me` */
export function asked(by: AccountSubject, patientId: string): Asked {
  if (patientId !== 'me') return { by, patientId };
  if (by.role !== 'patient') throw new NotFound('only patients have a record');
  return { by, patientId: by.id };
}

const WAIT_MS = 500;

/**
 * That the doctor has just taken the patient's appointment may be on its way from scheduling. Everybody who has no care
 * relation waits the same, whether the patient exists or not; of one account ten at a time.
 */
export const onceInCare = <T>({ by }: Asked, read: () => Promise<T>): Promise<T> =>
  retryUntilKnown(read, { accountId: by.id, isOwn: by.role === 'doctor', waitMs: WAIT_MS });
