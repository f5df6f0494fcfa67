import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import { testConfig, testDatabase } from '@medflow/testing';
import { afterAll, describe } from '@jest/globals';
import { Appointments } from '../../src/domain/appointments.js';
import { Doctors } from '../../src/domain/doctors.js';
import { Practices } from '../../src/domain/practice.js';
import { scheduling } from '../../src/index.js';
import { practicesContract } from './practices.contract.js';

describe('practices in MongoDB', () => {
  let close: () => Promise<void>;
  practicesContract(async () => {
    const database = await testDatabase('practices');
    const bus = new InProcessBus(database.client.db());
    // Not initialised: its jobs would settle what the suite looks at.
    const app = await createApplication(
      scheduling.options,
      testConfig({ mongoUri: database.uri, bus: { kind: 'in-process', bus } }),
    );
    close = async () => {
      await app.close();
      bus.close();
      await database.drop();
    };
    return { doctors: app.get(Doctors), practices: app.get(Practices), appointments: app.get(Appointments) };
  });
  afterAll(() => close(), 60_000);
});
