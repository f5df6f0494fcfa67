import { describe } from '@jest/globals';
import { InMemoryAppointments } from '../in-memory/appointments.js';
import { InMemoryClaims } from '../in-memory/claims.js';
import { InMemoryReservations } from '../in-memory/reservations.js';
import { reservationsContract } from './reservations.contract.js';

describe('reservations in memory', () => {
  reservationsContract(async () => {
    const pause = () => Promise.resolve();
    const appointments = new InMemoryAppointments(pause);
    const claims = new InMemoryClaims(appointments, pause);
    return { appointments, claims, reservations: new InMemoryReservations(appointments, pause) };
  });
});
