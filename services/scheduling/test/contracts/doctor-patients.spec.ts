import { describe } from '@jest/globals';
import { InMemoryAppointments } from '../in-memory/appointments.js';
import { DoctorPatientsInMemory } from '../in-memory/doctor-patients.js';
import { doctorPatientsContract } from './doctor-patients.contract.js';

describe('doctors’ patients in memory', () => {
  doctorPatientsContract(() => {
    const appointments = new InMemoryAppointments(() => Promise.resolve());
    return { appointments, patients: new DoctorPatientsInMemory(appointments) };
  });
});
