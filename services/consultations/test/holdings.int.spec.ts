import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { heldFacts } from '@medflow/testing';
import { consultations } from '../src/index.js';
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
    const facts = await heldFacts(consultations, { mongoUri: harness.service.database.uri });
    const told = facts.map(({ contract, sequence, data }) => [contract.type.split('.')[1], sequence, data]);
    expect(told).toEqual([last, ...readings]);
  });
});
