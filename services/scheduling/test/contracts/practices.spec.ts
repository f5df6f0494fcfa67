import { describe } from '@jest/globals';
import { InMemoryAppointments } from '../in-memory/appointments.js';
import { InMemoryDoctors } from '../in-memory/doctors.js';
import { InMemoryPractices } from '../in-memory/practices.js';
import { practicesContract } from './practices.contract.js';

describe('practices in memory', () => {
  practicesContract(() => {
    const pause = () => Promise.resolve();
    const [doctors, appointments] = [new InMemoryDoctors(), new InMemoryAppointments(pause)];
    return { doctors, appointments, practices: new InMemoryPractices(doctors, appointments, pause) };
  });
});
