import { Injectable } from '@nestjs/common';
import { CountryRules } from '@medflow/rules';
import type { Side } from '../domain/appointment-state.js';
import { type DoctorAndPatient, DoctorPatients } from '../domain/doctor-patients.js';
import { type Examination, examinationOf, type ExaminationSaid, isSettled } from '../domain/examination.js';
import type { Mode } from '../domain/values.js';

/** Looks whether two may meet by video, where the rules of the country ask for a first visit in person. */
@Injectable()
export class Examinations {
  constructor(
    private readonly rules: CountryRules,
    private readonly patients: DoctorPatients,
  ) {}

  /**
   * @param mode of the visit that is asked for, or proposed by the doctor
   * @param before what was said of it already
   * @returns what is to be kept of it; undefined: nobody asks
   * @throws ExaminationRequired, for the doctor ExaminationUnconfirmed
   */
  async of(
    by: Side,
    mode: Mode,
    pair: DoctorAndPatient,
    said: ExaminationSaid,
    before?: Examination,
  ): Promise<Examination | undefined> {
    if (mode !== 'video' || !this.rules.applies('video-after-examination') || isSettled(before)) return before;
    return examinationOf(by, await this.patients.hasExamined(pair), said, before);
  }
}
