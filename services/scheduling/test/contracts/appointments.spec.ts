import { describe } from '@jest/globals';
import { InMemoryAppointments } from '../in-memory/appointments.js';
import { InMemoryClaims } from '../in-memory/claims.js';
import { appointmentsContract } from './appointments.contract.js';

describe('appointments in memory', () => {
  appointmentsContract(() => {
    const pause = () => Promise.resolve();
    const appointments = new InMemoryAppointments(pause);
    return { appointments, claims: new InMemoryClaims(appointments, pause) };
  });
});
