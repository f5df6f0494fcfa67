import { BackgroundWorks } from '@medflow/service-kit';
import { afterAll, describe } from '@jest/globals';
import { FactLog } from '../../src/adapters/fact-log.js';
import { SummaryWork } from '../../src/domain/summary-work.js';
import { schedulingInMongo } from './in-mongo.js';
import { summaryWorkContract } from './summary-work.contract.js';

describe('the list of summaries in MongoDB', () => {
  let close: () => Promise<void>;
  summaryWorkContract(async () => {
    const { app, database, ...service } = await schedulingInMongo('summary_work');
    close = service.close;
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
