import { InProcessBus } from '@medflow/messaging';
import { BackgroundWorks, createApplication } from '@medflow/service-kit';
import { testConfig, testDatabase } from '@medflow/testing';
import { afterAll, describe } from '@jest/globals';
import { FactLog } from '../../src/adapters/fact-log.js';
import { SummaryWork } from '../../src/domain/summary-work.js';
import { scheduling } from '../../src/index.js';
import { summaryWorkContract } from './summary-work.contract.js';

describe('the list of summaries in MongoDB', () => {
  let close: () => Promise<void>;
  summaryWorkContract(async () => {
    const database = await testDatabase('summary_work');
    const bus = new InProcessBus(database.client.db());
    const config = testConfig({ mongoUri: database.uri, bus: { kind: 'in-process', bus } });
    const app = await createApplication(scheduling.options, config);
    await app.init();
    // The list alone is under test, not who works it off.
    await app.get(BackgroundWorks).onModuleDestroy();
    const facts = app.get(FactLog);
    const told: [string, number][] = [];
    const append = facts.summarised.bind(facts);
    facts.summarised = async (doctorId, summary, sequence) => {
      await append(doctorId, summary, sequence);
      told.push([doctorId, sequence]);
    };
    close = async () => {
      await app.close();
      bus.close();
      await database.drop();
    };
    const doctors = database.client.db().collection<{ _id: string }>('doctors');
    return {
      work: app.get(SummaryWork),
      put: async (_id, published) => {
        const names = { firstName: 'Karim', lastName: 'Trabelsi', profileSequence: 1, version: 0 };
        await doctors.updateOne({ _id }, { $set: { ...names, published } }, { upsert: true });
      },
      told: async (id) => told.flatMap(([doctorId, sequence]) => (doctorId === id ? [sequence] : [])),
    };
  });
  afterAll(() => close(), 60_000);
});
