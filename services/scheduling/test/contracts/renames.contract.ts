import { beforeAll, expect, it } from '@jest/globals';
import { RenamePeopleHandler } from '../../src/application/rename-people.js';
import { Appointment } from '../../src/domain/appointment.js';
import type { Appointments } from '../../src/domain/appointments.js';
import { defaultCancellation } from '../../src/domain/cancellation-policy.js';
import { Clock } from '../../src/domain/ports.js';
import type { Renames } from '../../src/domain/renames.js';
import { minutesAfter, type NamedPerson, type Person } from '../../src/domain/values.js';

export interface RenameStores {
  appointments: Appointments;
  renames: Renames;
}

class SetClock extends Clock {
  /** Ahead of whatever else looks at the same store. */
  at = minutesAfter(new Date(), 24 * 60);
  now = () => this.at;
}

const some = (name: string): Person => ({ id: `${name}-${crypto.randomUUID()}`, firstName: 'Amina', lastName: 'B.' });
const called = ({ id }: Person, firstName: string, sequence: number): NamedPerson => ({
  id,
  firstName,
  lastName: 'Gharbi',
  sequence,
});

/** What every store of names that are on their way promises. */
export function renamesContract(open: () => Promise<RenameStores> | RenameStores): void {
  let appointments: Appointments;
  let renames: Renames;
  const clock = new SetClock();
  let handler: RenamePeopleHandler;
  beforeAll(async () => {
    ({ appointments, renames } = await open());
    handler = new RenamePeopleHandler(renames, clock);
  });

  async function booked(patient: Person, inHours = 24): Promise<string> {
    const startsAt = new Date(Math.ceil(minutesAfter(new Date(), inHours * 60).getTime() / 3_600_000) * 3_600_000);
    const doctor = some('doctor');
    const slot = {
      doctorId: doctor.id,
      startsAt,
      endsAt: minutesAfter(startsAt, 30),
      mode: 'video' as const,
      price: { amount: 0, currency: 'TND' },
      bufferMinutes: 0,
    };
    const payment = 'after-acceptance' as const;
    const terms = { payment, autoAccept: false, cancellation: defaultCancellation, holdMinutes: 10 };
    const id = crypto.randomUUID();
    await appointments.add(Appointment.book({ id, slot, doctor, patient, reason: null, terms }, new Date()));
    return id;
  }
  const nameOn = async (id: string) => (await appointments.one(id)).state.patient.firstName;
  const passed = (minutes: number) => (clock.at = minutesAfter(clock.at, minutes));

  it('gives the latest name to all appointments of its bearer, and to nobody else’s', async () => {
    const [patient, other] = [some('patient'), some('patient')];
    const ids = [await booked(patient, 24), await booked(patient, 26)];
    const others = await booked(other);
    expect(await renames.hasAppointments('patient', patient.id)).toBe(true);
    expect(await renames.hasAppointments('doctor', patient.id)).toBe(false);
    await renames.want('patient', called(patient, 'Leïla', 2), clock.at);
    await handler.execute();
    for (const id of ids) expect(await nameOn(id)).toBe('Leïla');
    expect(await nameOn(others)).toBe('Amina');
  });

  it('brings a photo along, and takes away one that is told no more', async () => {
    const patient = some('patient');
    const id = await booked({ ...patient, photo: 'booked' });
    const photoOn = async () => (await appointments.one(id)).state.patient.photo;
    expect(await photoOn()).toBe('booked');
    await renames.want('patient', { ...called(patient, 'Leïla', 2), photo: 'another' }, clock.at);
    await handler.execute();
    expect(await photoOn()).toBe('another');
    await renames.want('patient', called(patient, 'Leïla', 3), clock.at);
    await handler.execute();
    expect(await photoOn()).toBeUndefined();
  });

  it('leaves alone a name that was told later', async () => {
    const patient = some('patient');
    const id = await booked({ ...called(patient, 'Newest', 9) });
    await renames.want('patient', called(patient, 'Older', 8), clock.at);
    await handler.execute();
    expect(await nameOn(id)).toBe('Newest');
  });

  it('is not undone by whoever loaded the appointment before and saves it afterwards', async () => {
    const patient = some('patient');
    const id = await booked(patient);
    const loaded = await appointments.one(id);
    await renames.want('patient', called(patient, 'Leïla', 2), clock.at);
    await handler.execute();
    loaded.accept(new Date());
    await appointments.save(loaded);
    const { state } = await appointments.one(id);
    expect([state.status, state.patient.firstName]).toEqual(['accepted', 'Leïla']);
  });

  it('ends right whatever is saved meanwhile', async () => {
    const patient = some('patient');
    const ids = await Promise.all([24, 26, 28, 30, 32, 34].map((hours) => booked(patient, hours)));
    const saves = ids.map((id) => appointments.update(id, (appointment) => appointment.accept(new Date())));
    for (const [index, name] of ['One', 'Two', 'Three'].entries()) {
      await renames.want('patient', called(patient, name, index + 2), clock.at);
      saves.push(handler.execute() as never);
    }
    await Promise.all(saves);
    passed(3);
    await handler.execute();
    for (const id of ids) {
      const { state } = await appointments.one(id);
      expect([state.status, state.patient.firstName]).toEqual(['accepted', 'Three']);
    }
  });

  it('looks once more for what was being booked under the old name, and is done then', async () => {
    passed(60);
    await handler.execute();
    const patient = some('patient');
    await renames.want('patient', called(patient, 'Leïla', 2), clock.at);
    await handler.execute();
    const id = await booked(patient);
    passed(1);
    await handler.execute();
    expect(await nameOn(id)).toBe('Amina');
    passed(2);
    await handler.execute();
    expect(await nameOn(id)).toBe('Leïla');
    passed(60);
    const { renames: left } = await renames.claim(clock.at, passed(1), 10);
    expect(left.filter(({ person }) => person.id === patient.id)).toEqual([]);
  });

  it('is ended by nobody whose name another one has replaced', async () => {
    const patient = some('patient');
    await renames.want('patient', called(patient, 'One', 2), clock.at);
    const { renames: claimed } = await renames.claim(clock.at, minutesAfter(clock.at, 1), 10);
    const first = claimed.find(({ person }) => person.id === patient.id)!;
    await renames.want('patient', called(patient, 'Two', 3), clock.at);
    await renames.end(first, undefined);
    const { renames: left } = await renames.claim(clock.at, minutesAfter(clock.at, 1), 10);
    expect(left.map(({ person }) => person)).toContainEqual(called(patient, 'Two', 3));
  });
}
