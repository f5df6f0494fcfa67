import type { AccountSubject } from '@medflow/access';
import type { AppointmentState, Side } from '../domain/appointment-state.js';

/** On which side of an appointment somebody of this role stands. */
export const sideOf = ({ role }: Pick<AccountSubject, 'role'>): Side => (role === 'doctor' ? 'doctor' : 'patient');

/** Whose appointment it is, as the policies ask. */
export const partiesOf = ({ patient, doctor }: AppointmentState) => ({ patientId: patient.id, doctorId: doctor.id });
