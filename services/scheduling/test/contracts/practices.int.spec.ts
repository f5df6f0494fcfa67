import { afterAll, describe } from '@jest/globals';
import { Appointments } from '../../src/domain/appointments.js';
import { Doctors } from '../../src/domain/doctors.js';
import { Practices } from '../../src/domain/practice.js';
import { schedulingInMongo } from './in-mongo.js';
import { practicesContract } from './practices.contract.js';

describe('practices in MongoDB', () => {
  let close: () => Promise<void>;
  practicesContract(async () => {
    // Not initialised: its jobs would settle what the suite looks at.
    const { app, ...service } = await schedulingInMongo('practices');
    close = service.close;
    return { doctors: app.get(Doctors), practices: app.get(Practices), appointments: app.get(Appointments) };
  });
  afterAll(() => close(), 60_000);
});
