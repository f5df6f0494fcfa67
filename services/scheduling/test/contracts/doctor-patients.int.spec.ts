import { getModelToken } from '@nestjs/mongoose';
import { type createApplication, MongoTransactions } from '@medflow/service-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import { MongoDoctorPatients } from '../../src/adapters/mongo/mongo-doctor-patients.js';
import { AppointmentRecord, DoctorPatientRecord } from '../../src/adapters/mongo/schemas.js';
import { PatientChanges } from '../../src/adapters/patient-changes.js';
import { Appointments } from '../../src/domain/appointments.js';
import { Clock } from '../../src/domain/ports.js';
import { minutesAfter } from '../../src/domain/values.js';
import { schedulingInMongo } from './in-mongo.js';
import { doctorPatientsContract } from './doctor-patients.contract.js';

describe('doctors’ patients in MongoDB', () => {
  let app: Awaited<ReturnType<typeof createApplication>>;
  let close: () => Promise<void>;
  /** A replica that has been told of nothing. */
  let replica: () => MongoDoctorPatients;
  beforeAll(async () => {
    ({ app, close } = await schedulingInMongo('patients'));
    // Not started: nobody but the tests sums up.
    replica = () =>
      new MongoDoctorPatients(
        app.get<Model<DoctorPatientRecord>>(getModelToken(DoctorPatientRecord.name)),
        appointments(),
        new PatientChanges(),
        app.get(MongoTransactions),
        app.get(Clock),
      );
  }, 60_000);
  afterAll(() => close(), 60_000);
  const appointments = () => app.get<Model<AppointmentRecord>>(getModelToken(AppointmentRecord.name));

  // An hour on: what changed is left by whoever changed it.
  const later = (now: Date) => minutesAfter(now, 60);
  doctorPatientsContract(() => {
    const patients = replica();
    const sumUpSome = patients.sumUpSome.bind(patients);
    patients.sumUpSome = (now) => sumUpSome(later(now));
    return { appointments: app.get(Appointments), patients };
  });

  const past = (doctorId: string, n: number) => ({
    _id: `${doctorId}-${n}`,
    doctor: { id: doctorId, firstName: 'Leïla', lastName: 'Gharbi' },
    patient: { id: `patient-${n % 150}`, firstName: 'Amina', lastName: 'B.' },
    startsAt: minutesAfter(new Date(), -30 * (n + 1)),
    endsAt: minutesAfter(new Date(), -30 * n),
    status: 'completed',
    price: { amount: 60_000, currency: 'TND' },
    version: 3,
  });

  it('sums up what was there before there were sums, begun again after a crash', async () => {
    const rows = app.get<Model<DoctorPatientRecord>>(getModelToken(DoctorPatientRecord.name));
    const doctorId = 'doctor-of-before';
    await appointments().collection.insertMany(Array.from({ length: 450 }, (_, n) => past(doctorId, n)) as never[]);
    await rows.deleteOne({ _id: '#complete' });
    const [crashed, other] = [replica(), replica()];
    while ((await rows.countDocuments({ doctorId })) === 0) await crashed.sumUpSome(new Date());
    expect(await rows.countDocuments({ doctorId })).toBeLessThan(150);
    while (await other.sumUpSome(new Date()));
    const found = await other.page(doctorId, { limit: 200 });
    expect(found).toHaveLength(150);
    expect(new Set(found.map(({ visits, due }) => [visits, due.length].join()))).toEqual(new Set(['3,0']));
    expect(await replica().sumUpSome(new Date())).toBe(false);
  }, 60_000);
});
