import { heldFacts } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identity } from '../src/index.js';
import { person, type Served, serveIdentity } from './served.js';

const administrator = { email: 'admin@example.tn', password: 'figuier-rouge-7' };

describe('what identity tells again', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveIdentity({
      MEDFLOW_ADMIN_EMAIL: administrator.email,
      MEDFLOW_ADMIN_PASSWORD: administrator.password,
    });
  });
  afterAll(() => served.stop());

  it('is who has an account, whether it is barred, and the letters that nobody has written', async () => {
    const { body } = await served.register(person({ password: 'jasmin-bleu-42' }));
    const { id } = body.account;
    const { body: signedIn } = await served.login(administrator.email, administrator.password);
    const headers = { authorization: `Bearer ${signedIn.accessToken}` };
    const suspend = { headers, body: { reason: 'Diplôme contesté' } };
    expect((await served.service.call('POST', `/admin/accounts/${id}/suspend`, suspend)).status).toBeLessThan(300);

    const outbox = served.service.database.client.db().collection<{ _id: string; body: string }>('outbox');
    const told = (await outbox.find().toArray()).map(({ body: text }) => JSON.parse(text));
    const facts = (await heldFacts(identity, { mongoUri: served.service.database.uri })).map(
      ({ contract: { type }, subject, sequence, data }) => ({ type, subject, sequence, data }),
    );
    const about = (list: { data: object }[]) =>
      list
        .filter(({ data }) => (data as { accountId?: string }).accountId === id)
        .map((fact) => fact as unknown as { type: string; subject: string; sequence: number; data: object })
        .map(({ type, subject, sequence, data }) => ({ type, subject, sequence, data }))
        .filter(({ type }) => !type.startsWith('identity.session'))
        .sort((a, b) => a.type.localeCompare(b.type));
    expect(about(facts)).toEqual(about(told));
    expect(about(facts).map(({ type }) => type)).toEqual([
      'identity.account-registered.v1',
      'identity.account-suspended.v1',
      'identity.letter-wanted.v1',
    ]);
  });
});
