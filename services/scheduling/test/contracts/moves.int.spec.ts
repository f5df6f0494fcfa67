import { afterAll, describe } from '@jest/globals';
import { Appointments, Claims } from '../../src/domain/appointments.js';
import { schedulingInMongo } from './in-mongo.js';
import { movesContract } from './moves.contract.js';

describe('moves in MongoDB', () => {
  let close: () => Promise<void>;
  movesContract(async () => {
    const { app, ...service } = await schedulingInMongo('moves');
    close = service.close;
    await app.init();
    return { appointments: app.get(Appointments), claims: app.get(Claims) };
  });
  afterAll(() => close(), 60_000);
});
