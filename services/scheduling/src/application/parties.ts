import type { AccountSubject } from '@medflow/access';
import type { AppointmentState, Side } from '../domain/appointment-state.js';

/** On which side of an appointment somebody of this role stands. */
export const sideOf = ({ role }: Pick<AccountSubject, 'role'>): Side => (role === 'doctor' ? 'doctor' : 'patient');

/** What the policies ask of an appointment: whose it is, when it begins, and since when its doctor may see nobody. */
export const visitOf = ({ patient, doctor, startsAt }: AppointmentState, barredSince: Date | undefined) => ({
  patientId: patient.id,
  doctorId: doctor.id,
  startsAt,
  barredSince,
});
