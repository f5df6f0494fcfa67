import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { type DoctorPatient, DoctorPatients, type PatientsPage } from '../domain/doctor-patients.js';
import { NotFound } from '../domain/errors.js';
import { searchWords } from '../domain/name-words.js';
import { Clock } from '../domain/ports.js';

/** Who comes to a doctor, and what their appointments come to. */
@Injectable()
export class ReadPatientsHandler {
  constructor(
    private readonly patients: DoctorPatients,
    private readonly clock: Clock,
  ) {}

  /** @param typed beginnings of names; empty: everybody. @returns up to `page.limit` + 1 */
  async list(by: AccountSubject, typed: string, page: Omit<PatientsPage, 'words'>): Promise<DoctorPatient[]> {
    if (typed.trim() === '') return this.patients.page(by.id, page);
    const words = searchWords(typed);
    return words.length === 0 ? [] : this.patients.page(by.id, { ...page, words });
  }

  /** @throws NotFound where the doctor was told of no appointment with them */
  async one(by: AccountSubject, patientId: string): Promise<DoctorPatient> {
    const patient = await this.patients.find({ doctorId: by.id, patientId }, this.clock.now());
    if (!patient) throw new NotFound('patient');
    access.expect(by, 'read', 'patient', patient);
    return patient;
  }
}
