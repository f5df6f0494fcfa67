import {
  type DoctorAndPatient,
  type DoctorPatient,
  DoctorPatients,
  type PatientsPage,
  sumUp,
} from '../../src/domain/doctor-patients.js';
import { nameWords } from '../../src/domain/name-words.js';
import type { InMemoryAppointments } from './appointments.js';

export class DoctorPatientsInMemory extends DoctorPatients {
  private rows: DoctorPatient[] = [];

  constructor(private readonly appointments: InMemoryAppointments) {
    super();
  }

  async page(doctorId: string, { words = [], limit, after }: PatientsPage): Promise<DoctorPatient[]> {
    return this.rows
      .filter((row) => row.doctorId === doctorId && words.every((word) => begins(row, word)))
      .sort(byLatest)
      .filter((row) => !after || byLatest(row, { latestAt: after.latestAt, patient: { id: after.patientId } }) > 0)
      .slice(0, limit + 1);
  }

  async find({ doctorId, patientId }: DoctorAndPatient, now: Date): Promise<DoctorPatient | undefined> {
    return sumUp(
      this.announced.filter(({ doctor, patient }) => doctor.id === doctorId && patient.id === patientId),
      now,
    );
  }

  async hasExamined({ doctorId, patientId }: DoctorAndPatient): Promise<boolean> {
    return this.announced.some(
      ({ doctor, patient, status, mode }) =>
        doctor.id === doctorId && patient.id === patientId && status === 'completed' && mode === 'in-person',
    );
  }

  whenChanged(): void {
    // Nobody waits.
  }

  async sumUpSome(now: Date): Promise<boolean> {
    const pairs = Map.groupBy(this.announced, ({ doctor, patient }) => `${doctor.id}|${patient.id}`);
    this.rows = [...pairs.values()].map((all) => sumUp(all, now)!);
    return false;
  }

  private get announced() {
    return [...this.appointments.states.values()].filter(({ announced }) => announced);
  }
}

const begins = ({ patient }: DoctorPatient, word: string) => nameWords(patient).some((one) => one.startsWith(word));

type Placed = Pick<DoctorPatient, 'latestAt'> & { readonly patient: { readonly id: string } };
const byLatest = (a: Placed, b: Placed): number =>
  b.latestAt.getTime() - a.latestAt.getTime() || (a.patient.id < b.patient.id ? 1 : -1);
