import { getModelToken } from '@nestjs/mongoose';
import { type createApplication, MongoTransactions } from '@medflow/service-kit';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Model } from 'mongoose';
import { PatientChanges } from '../../src/adapters/patient-changes.js';
import { MongoRenames } from '../../src/adapters/mongo/mongo-renames.js';
import { AppointmentRecord, RenameRecord } from '../../src/adapters/mongo/schemas.js';
import { RenamePeopleHandler } from '../../src/application/rename-people.js';
import { Appointments } from '../../src/domain/appointments.js';
import { Clock } from '../../src/domain/ports.js';
import { minutesAfter } from '../../src/domain/values.js';
import { schedulingInMongo } from './in-mongo.js';
import { renamesContract } from './renames.contract.js';

const PAST = 5_000;

describe('names in MongoDB', () => {
  let app: Awaited<ReturnType<typeof createApplication>>;
  let close: () => Promise<void>;
  let renames: MongoRenames;
  beforeAll(async () => {
    ({ app, close } = await schedulingInMongo('renames'));
    await app.init();
    // Its own: nobody else has been told to look.
    renames = new MongoRenames(
      app.get<Model<RenameRecord>>(getModelToken(RenameRecord.name)),
      appointments(),
      app.get(MongoTransactions),
      app.get(PatientChanges),
    );
  }, 60_000);
  afterAll(() => close(), 60_000);
  const appointments = () => app.get<Model<AppointmentRecord>>(getModelToken(AppointmentRecord.name));

  renamesContract(() => ({ appointments: app.get(Appointments), renames }));

  describe('of a doctor with a long past', () => {
    const doctor = { id: 'doctor-of-many', firstName: 'Leïla', lastName: 'Gharbi', sequence: 2 };
    const now = new Date(Date.now() + 86_400_000);
    const clock: Clock = { now: () => now };
    const called = (firstName: string) =>
      appointments().countDocuments({ 'doctor.id': doctor.id, 'doctor.firstName': firstName });

    it('go on after a crash, the latest visits first, without a transaction over all of them', async () => {
      const visit = (n: number) => ({
        _id: `past-${n}`,
        doctor: { id: doctor.id, firstName: 'Old', lastName: 'Name' },
        patient: { id: `patient-${n}`, firstName: 'Amina', lastName: 'B.' },
        startsAt: minutesAfter(now, -30 * (n + 1)),
        endsAt: minutesAfter(now, -30 * n),
        status: 'completed',
        countedOn: '2026-01-01',
        price: { amount: 0, currency: 'TND' },
        version: 3,
      });
      await appointments().collection.insertMany(Array.from({ length: PAST }, (_, n) => visit(n)) as never[]);
      await renames.want('doctor', doctor, now);

      const apply = jest.spyOn(renames, 'apply');
      const applyBatch = MongoRenames.prototype.apply.bind(renames);
      apply.mockImplementation(async (...args) => {
        if (apply.mock.calls.length === 4) throw new Error('crashed');
        return applyBatch(...args);
      });
      await expect(new RenamePeopleHandler(renames, clock).execute()).rejects.toThrow('crashed');
      apply.mockRestore();
      const done = await called('Leïla');
      expect(done).toBeGreaterThan(0);
      expect(done).toBeLessThan(PAST / 2);
      const latest = await appointments().find({ 'doctor.id': doctor.id }).sort({ startsAt: -1 }).limit(1).lean();
      expect(latest[0]!.doctor).toEqual(doctor);

      // Somebody else does the rest once the turn of whoever crashed is over.
      await new RenamePeopleHandler(renames, clock).execute();
      expect(await called('Leïla')).toBe(done);
      const later: Clock = { now: () => minutesAfter(now, 10) };
      await new RenamePeopleHandler(renames, later).execute();
      expect([await called('Leïla'), await called('Old')]).toEqual([PAST, 0]);
    }, 120_000);
  });
});
