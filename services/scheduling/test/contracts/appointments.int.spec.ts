import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import { testDatabase } from '@medflow/testing';
import { afterAll, describe } from '@jest/globals';
import { Appointments, Claims } from '../../src/domain/appointments.js';
import { scheduling } from '../../src/index.js';
import { appointmentsContract } from './appointments.contract.js';

describe('appointments in MongoDB', () => {
  let close: () => Promise<void>;
  appointmentsContract(async () => {
    const database = await testDatabase('appointments');
    const bus = new InProcessBus(database.client.db());
    const app = await createApplication(scheduling.options, {
      env: { LOG_LEVEL: 'silent' },
      mongoUri: database.uri,
      bus: { kind: 'in-process', bus },
      port: 0,
      host: '127.0.0.1',
      internalToken: 'test-internal-token',
      upstreams: {},
    });
    await app.init();
    close = async () => {
      await app.close();
      bus.close();
      await database.drop();
    };
    return { appointments: app.get(Appointments), claims: app.get(Claims) };
  });
  afterAll(() => close(), 60_000);
});
