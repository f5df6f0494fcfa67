import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import { testConfig, testDatabase } from '@medflow/testing';
import { scheduling } from '../../src/index.js';

/** The service's own parts over a database of their own. Its jobs run only once the application is initialised. */
export async function schedulingInMongo(name: string) {
  const database = await testDatabase(name);
  const bus = new InProcessBus(database.client.db());
  const app = await createApplication(
    scheduling.options,
    testConfig({ mongoUri: database.uri, bus: { kind: 'in-process', bus } }),
  );
  const close = async (): Promise<void> => {
    await app.close();
    bus.close();
    await database.drop();
  };
  return { app, database, close };
}
