import { afterAll, describe } from '@jest/globals';
import { Appointments, Claims } from '../../src/domain/appointments.js';
import { schedulingInMongo } from './in-mongo.js';
import { appointmentsContract } from './appointments.contract.js';

describe('appointments in MongoDB', () => {
  let close: () => Promise<void>;
  appointmentsContract(async () => {
    const { app, ...service } = await schedulingInMongo('appointments');
    close = service.close;
    await app.init();
    return { appointments: app.get(Appointments), claims: app.get(Claims) };
  });
  afterAll(() => close(), 60_000);
});
