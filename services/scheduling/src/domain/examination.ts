import { RefusedByRule } from '@medflow/rules';

/**
 * How it is known that the doctor has examined the patient in person before they meet by video: from a completed visit, from
 * the patient's word, which the doctor has yet to confirm, from the doctor's, or not at all, for a reason of the doctor's.
 */
export interface Examination {
  readonly basis: 'known' | 'declared' | 'confirmed' | 'derogation';
  /** Of a derogation; never on the bus. */
  readonly reason?: string;
}

/** What one of the two says of it. */
export interface ExaminationSaid {
  readonly examinedBefore?: boolean;
  /** Why the doctor sees somebody by video whom they have not examined; of no weight from a patient. */
  readonly derogation?: string;
}

/** A first visit is in person. */
export class ExaminationRequired extends RefusedByRule {
  readonly code = 'examination-required';

  constructor() {
    super('video-after-examination');
  }
}

/** The patient says so; the doctor has to. */
export class ExaminationUnconfirmed extends RefusedByRule {
  readonly code = 'examination-unconfirmed';

  constructor() {
    super('video-after-examination');
  }
}

/** The doctor has nothing to say of it any more. */
export const isSettled = (examination: Examination | undefined): boolean =>
  examination !== undefined && examination.basis !== 'declared';

/**
 * @param isKnown the two have had a visit in person
 * @param before what was said of it already
 * @throws ExaminationRequired, for the doctor ExaminationUnconfirmed
 */
export function examinationOf(
  by: 'patient' | 'doctor',
  isKnown: boolean,
  { examinedBefore, derogation }: ExaminationSaid,
  before?: Examination,
): Examination {
  if (isKnown) return { basis: 'known' };
  if (by === 'doctor') {
    if (derogation) return { basis: 'derogation', reason: derogation };
    if (examinedBefore) return { basis: 'confirmed' };
    throw new ExaminationUnconfirmed();
  }
  if (examinedBefore || before) return { basis: 'declared' };
  throw new ExaminationRequired();
}

/** What accepting changes about it. @throws ExaminationUnconfirmed where the doctor has yet to say something and does not */
export const answered = (
  examination: Examination | undefined,
  said: ExaminationSaid,
): { readonly examination?: Examination } =>
  !examination || isSettled(examination) ? {} : { examination: examinationOf('doctor', false, said) };
