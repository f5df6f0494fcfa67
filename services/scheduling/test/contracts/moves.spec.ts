import { describe } from '@jest/globals';
import { InMemoryAppointments } from '../in-memory/appointments.js';
import { InMemoryClaims } from '../in-memory/claims.js';
import { movesContract } from './moves.contract.js';

describe('moves in memory', () => {
  movesContract(() => {
    const pause = () => Promise.resolve();
    const appointments = new InMemoryAppointments(pause);
    return { appointments, claims: new InMemoryClaims(appointments, pause) };
  });
});
