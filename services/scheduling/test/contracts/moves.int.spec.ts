import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import { testConfig, testDatabase } from '@medflow/testing';
import { afterAll, describe } from '@jest/globals';
import { Appointments, Claims } from '../../src/domain/appointments.js';
import { scheduling } from '../../src/index.js';
import { movesContract } from './moves.contract.js';

describe('moves in MongoDB', () => {
  let close: () => Promise<void>;
  movesContract(async () => {
    const database = await testDatabase('moves');
    const bus = new InProcessBus(database.client.db());
    const app = await createApplication(
      scheduling.options,
      testConfig({ mongoUri: database.uri, bus: { kind: 'in-process', bus } }),
    );
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
