import { describe } from '@jest/globals';
import { InMemoryAppointments } from '../in-memory/appointments.js';
import { RenamesInMemory } from '../in-memory/renames.js';
import { renamesContract } from './renames.contract.js';

describe('names in memory', () => {
  renamesContract(() => {
    const appointments = new InMemoryAppointments(() => Promise.resolve());
    return { appointments, renames: new RenamesInMemory(appointments) };
  });
});
