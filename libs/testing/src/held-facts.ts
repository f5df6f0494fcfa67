import { Holdings, InProcessBus, type OutgoingEvent } from '@medflow/messaging';
import { createApplication, type ServiceConfig, type ServiceOptions } from '@medflow/service-kit';
import { testConfig, testDatabase } from './service-harness.js';

/** What a service that runs on that database would tell again. */
export async function heldFacts(
  { options }: { options: ServiceOptions },
  config: Pick<ServiceConfig, 'mongoUri'> & { env?: Record<string, string> },
  since?: Date,
): Promise<OutgoingEvent[]> {
  const busDatabase = await testDatabase('bus');
  const bus = new InProcessBus(busDatabase.client.db());
  const app = await createApplication(
    options,
    testConfig({
      env: { LOG_LEVEL: 'silent', ...config.env },
      mongoUri: config.mongoUri,
      bus: { kind: 'in-process', bus },
    }),
  );
  try {
    await app.init();
    const facts: OutgoingEvent[] = [];
    for (const { pages } of app.get(Holdings).all) for await (const page of pages(since)) facts.push(...page);
    return facts;
  } finally {
    await app.close();
    bus.close();
    await busDatabase.drop();
  }
}
