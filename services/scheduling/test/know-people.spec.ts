import { beforeEach, describe, expect, it } from '@jest/globals';
import { KnowPeopleHandler } from '../src/application/know-people.js';
import type { Summaries } from '../src/application/summaries.js';
import type { AppointmentState } from '../src/domain/appointment-state.js';
import { Patients } from '../src/domain/doctors.js';
import { Clock } from '../src/domain/ports.js';
import { nameChangeOf, type NameChange } from '../src/domain/renames.js';
import type { NamedPerson } from '../src/domain/values.js';
import { InMemoryAppointments } from './in-memory/appointments.js';
import { InMemoryDoctors } from './in-memory/doctors.js';
import { RenamesInMemory } from './in-memory/renames.js';

class PatientsInMemory extends Patients {
  private readonly known = new Map<string, NamedPerson>();

  async find(id: string) {
    return this.known.get(id);
  }

  async keep(person: NamedPerson): Promise<NameChange> {
    const before = this.known.get(person.id);
    if (before && before.sequence >= person.sequence) return 'none';
    this.known.set(person.id, person);
    return nameChangeOf(before, person);
  }
}

const now = new Date('2026-11-30T08:00:00Z');
const clock: Clock = { now: () => now };
const amina = { id: 'p1', firstName: 'Amina', lastName: 'Gharbi' };
const leila = { ...amina, firstName: 'Leïla' };

describe('a patient’s name', () => {
  let appointments: InMemoryAppointments;
  let renames: RenamesInMemory;
  let handler: KnowPeopleHandler;
  beforeEach(() => {
    appointments = new InMemoryAppointments(() => Promise.resolve());
    renames = new RenamesInMemory(appointments);
    const summaries = { touch: () => undefined } as unknown as Summaries;
    handler = new KnowPeopleHandler(new InMemoryDoctors(), new PatientsInMemory(), renames, summaries, clock);
  });

  const booked = () => appointments.states.set('a1', { id: 'a1', patient: amina } as AppointmentState);
  const wanted = async () => (await renames.claim(now, now, 10)).renames.map(({ person }) => person);

  it('is written into no appointments while there are none, however often the profile is saved', async () => {
    await handler.patientUpdated(amina, 1);
    await handler.patientUpdated(amina, 2);
    expect(await wanted()).toEqual([]);
  });

  it('is written into those that were booked before anybody told of it', async () => {
    booked();
    await handler.patientUpdated(leila, 1);
    expect(await wanted()).toEqual([{ ...leila, sequence: 1 }]);
  });

  it('is written when it is another, and not when something else of the profile is', async () => {
    await handler.patientUpdated(amina, 1);
    booked();
    await handler.patientUpdated(amina, 2);
    expect(await wanted()).toEqual([]);
    await handler.patientUpdated(leila, 4);
    await handler.patientUpdated(amina, 3);
    expect(await wanted()).toEqual([{ ...leila, sequence: 4 }]);
  });

  it('takes the photo along, and a photo that is another, or gone, is as another name', async () => {
    await handler.patientUpdated(amina, 1);
    booked();
    await handler.patientUpdated({ ...amina, photo: 'one' }, 2);
    expect(await wanted()).toEqual([{ ...amina, photo: 'one', sequence: 2 }]);
    await handler.patientUpdated({ ...amina, photo: 'one' }, 3);
    expect(await wanted()).toEqual([{ ...amina, photo: 'one', sequence: 2 }]);
    await handler.patientUpdated(amina, 4);
    expect(await wanted()).toEqual([{ ...amina, sequence: 4 }]);
  });
});
