import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import { testConfig, testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { BookAppointmentHandler } from '../src/application/book-appointment.js';
import { defaultPlan } from '../src/domain/availability-plan.js';
import { Doctors, Patients } from '../src/domain/doctors.js';
import { slotId } from '../src/domain/slot.js';
import { DAY_MS } from '../src/domain/values.js';
import { scheduling } from '../src/index.js';

const MOST_COMMANDS = 4;
const doctor = { id: 'doctor-1', firstName: 'Karim', lastName: 'Trabelsi', specializations: [], city: 'Tunis' };
/** One for each booking that is looked at: whoever has requests open already may need a look for a free place. */
const patients = [1, 2, 3].map((n) => ({ id: `patient-${n}`, firstName: 'Amina', lastName: 'Ben Salah' }));
const price = { amount: 60_000, currency: 'TND' };

/** What is asked of the database for a booking, as the driver tells (command monitoring), up to its commit. */
describe('a booking', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let bus: InProcessBus;
  let app: Awaited<ReturnType<typeof createApplication>>;
  const commands: string[] = [];

  beforeAll(async () => {
    database = await testDatabase('commands');
    bus = new InProcessBus(database.client.db());
    app = await createApplication(
      scheduling.options,
      testConfig({
        mongoUri: `${database.uri}${database.uri.includes('?') ? '&' : '?'}monitorCommands=true`,
        bus: { kind: 'in-process', bus },
      }),
    );
    await app.init();
    const weekly = [1, 2, 3, 4, 5, 6, 7].map(
      (weekday) => ({ weekday, start: '08:00', end: '18:00', slotMinutes: 30, mode: 'video', price }) as const,
    );
    await app.get(Doctors).show(doctor, 1);
    await app.get(Doctors).publishAvailability(doctor.id, { ...defaultPlan, weekly }, undefined);
    for (const patient of patients) {
      await app.get(Patients).keep({ ...patient, sequence: 1 });
      // Remembered from here on.
      await app.get(Patients).find(patient.id);
    }
    app
      .get<Connection>(getConnectionToken())
      .getClient()
      .on('commandStarted', ({ commandName, command }) => {
        const name = `${commandName} ${String(command[commandName])}`;
        // The relay’s own, after the commit of the booking before.
        if (!/relay_lease|inbox|^(find|delete|update) outbox|^endSessions|^hello/.test(name)) commands.push(name);
      });
  }, 60_000);
  afterAll(async () => {
    await app.close();
    bus.close();
    await database.drop();
  }, 60_000);

  it.each([
    ['requested', defaultPlan.payment],
    ['held', 'at-booking'],
  ] as const)(`that is %s takes at most ${MOST_COMMANDS} commands, one commit included`, async (status, payment) => {
    const doctors = app.get(Doctors);
    const { availability } = (await doctors.find(doctor.id))!;
    await doctors.publishAvailability(doctor.id, { ...availability.plan, payment }, undefined);
    const { availability: offered } = (await doctors.find(doctor.id))!;
    const tomorrow = Date.now() + DAY_MS;
    const slots = [...offered.slots(new Date(tomorrow), new Date(tomorrow + 5 * DAY_MS), new Date())];
    const seen: string[][] = [];
    for (const [at, slot] of slots
      .slice(status === 'held' ? 40 : 0)
      .slice(0, patients.length)
      .entries()) {
      commands.length = 0;
      const request = { seed: crypto.randomUUID(), digest: 'digest' };
      const command = { slotId: slotId(slot), patient: patients[at]!, reason: null, mayConfirm: true, request };
      const { state } = await app.get(BookAppointmentHandler).execute(command);
      expect(state.status).toBe(status);
      const all = commands.map((name) => name.split(' ')[0]!);
      seen.push(commands.slice(0, all.lastIndexOf('commitTransaction') + 1));
    }
    // A sweep may fall into one of them.
    const fewest = seen.sort((a, b) => a.length - b.length)[0]!;
    console.log(`${status}: ${fewest.join(', ')}`);
    expect(fewest.filter((name) => name.startsWith('commitTransaction'))).toHaveLength(1);
    expect(fewest.length).toBeLessThanOrEqual(status === 'held' ? MOST_COMMANDS + 1 : MOST_COMMANDS);
  });
});
