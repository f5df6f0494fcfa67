import { describe } from '@jest/globals';
import { Availability } from '../../src/domain/availability.js';
import { defaultPlan } from '../../src/domain/availability-plan.js';
import { InMemorySummaryWork } from '../in-memory/summary-work.js';
import { summaryWorkContract } from './summary-work.contract.js';

describe('the list of summaries in memory', () => {
  summaryWorkContract(() => {
    const work = new InMemorySummaryWork();
    const person = { firstName: 'Karim', lastName: 'Trabelsi' };
    return {
      work,
      put: async (id, published) =>
        work.put({
          id,
          person: { id, ...person },
          published,
          version: 0,
          availability: Availability.restore(id, defaultPlan),
        }),
      told: async (id) => work.facts.flatMap(([doctorId, sequence]) => (doctorId === id ? [sequence] : [])),
    };
  });
});
