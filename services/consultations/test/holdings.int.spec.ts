import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsultationsHoldings } from '../src/adapters/holdings.js';
import { ConversationsHarness } from './conversations-harness.js';

let harness: ConversationsHarness;
beforeAll(async () => {
  harness = await ConversationsHarness.start();
});
afterAll(() => harness.stop());

describe('what consultations tells again', () => {
  it('is the last message of each conversation and how far its readers are, as they were told', async () => {
    const { id, doctor, patient } = await harness.conversation();
    await harness.conversation();
    await harness.write(id, patient, 'un');
    await harness.write(id, patient, 'deux');
    await harness.call('POST', `/conversations/${id}/read`, doctor);
    const [, last] = await harness.about(id, 2);
    const readings = (await harness.about(`${id}.doctor`, 2)).filter(([name]) => name === 'messages-read');
    const { app, close } = await harness.beside();
    const told = [];
    for (const { pages } of app.get(ConsultationsHoldings).all)
      for await (const facts of pages())
        told.push(...facts.map(({ contract, sequence, data }) => [contract.type.split('.')[1], sequence, data]));
    await close();
    expect(told).toEqual([last, ...readings]);
  });
});
