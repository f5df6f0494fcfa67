import { afterAll, describe } from '@jest/globals';
import { Appointments, Claims } from '../../src/domain/appointments.js';
import { Reservations } from '../../src/domain/reservation.js';
import { schedulingInMongo } from './in-mongo.js';
import { reservationsContract } from './reservations.contract.js';

describe('reservations in MongoDB', () => {
  let close: () => Promise<void>;
  reservationsContract(async () => {
    const { app, ...service } = await schedulingInMongo('reservations');
    close = service.close;
    await app.init();
    return { appointments: app.get(Appointments), claims: app.get(Claims), reservations: app.get(Reservations) };
  });
  afterAll(() => close(), 60_000);
});
