import type { Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cookieOf, person, type Served, serveIdentity } from './served.js';

const password = 'jasmin-bleu-42';
const administrator = { email: 'admin@example.tn', password: 'figuier-rouge-7' };

interface Somebody {
  id: string;
  email: string;
  cookie: string;
  headers: { authorization: string };
}

const bearer = ({ body }: Answer) => ({ authorization: `Bearer ${body.accessToken}` });

describe('accounts as administrators see them', () => {
  let served: Served;
  let admin: Somebody;
  beforeAll(async () => {
    served = await serveIdentity({
      MEDFLOW_ADMIN_EMAIL: administrator.email,
      MEDFLOW_ADMIN_PASSWORD: administrator.password,
    });
    admin = await signIn(administrator.email, administrator.password);
  });
  afterAll(() => served.stop());

  async function signIn(email: string, secret = password): Promise<Somebody> {
    const answer = await served.login(email, secret);
    return { id: answer.body.account.id, email, cookie: cookieOf(answer), headers: bearer(answer) };
  }
  async function register(over: object = {}): Promise<Somebody> {
    const answer = await served.register(person({ password, ...over }));
    const { id, email } = answer.body.account;
    return { id, email, cookie: cookieOf(answer), headers: bearer(answer) };
  }
  const accounts = () => served.service.database.client.db().collection<{ _id: string }>('accounts');
  async function anotherAdministrator(): Promise<Somebody> {
    const { id, email } = await register();
    await accounts().updateOne({ _id: id }, { $set: { role: 'admin' } });
    return signIn(email);
  }
  const step = (id: string, name: string, by: Pick<Somebody, 'headers'>, body?: object) =>
    served.service.call('POST', `/admin/accounts/${id}/${name}`, { headers: by.headers, ...(body && { body }) });
  const suspend = (id: string, by: Somebody = admin, reason = 'Diplôme contesté') =>
    step(id, 'suspend', by, { reason });
  const reinstate = (id: string, by: Somebody = admin) => step(id, 'reinstate', by);
  const list = (query: string, by: Somebody = admin) =>
    served.service.call('GET', `/admin/accounts${query}`, { headers: by.headers });
  const ids = async (query: string): Promise<string[]> =>
    (await list(query)).body.items.map(({ id }: { id: string }) => id);
  /** What the bus was told of the account: the type, and what it says. */
  async function told(id: string) {
    const rows = await served.service.database.client
      .db()
      .collection<{ _id: string; body: string }>('outbox')
      .find({ subject: id })
      .sort({ _id: 1 })
      .toArray();
    return rows.map(({ body }) => JSON.parse(body)).map(({ type, sequence, data }) => ({ type, sequence, data }));
  }

  it('are suspended with a reason: every session ends, and nobody signs in', async () => {
    const doctor = await register({ role: 'doctor' });
    const { status, body } = await suspend(doctor.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: doctor.id,
      email: doctor.email,
      suspension: { at: expect.any(String), by: admin.id, reason: 'Diplôme contesté' },
    });
    expect((await served.refresh(doctor.cookie)).status).toBe(401);
    expect((await served.service.call('GET', '/auth/me', { headers: doctor.headers })).status).toBe(401);
    const refused = await served.login(doctor.email, password);
    expect([refused.status, refused.body.code, refused.body.reason]).toEqual([
      403,
      'account-suspended',
      'Diplôme contesté',
    ]);
    expect(refused.headers.get('set-cookie') ?? '').not.toMatch(/medflow_refresh=[^;]/);
  });

  it('tell of it only to who knows the password', async () => {
    const { id, email } = await register();
    await suspend(id);
    const wrong = await served.login(email, 'mauvais', '10.8.0.1');
    const nobody = await served.login(`no.${email}`, 'mauvais', '10.8.0.2');
    expect([wrong.status, wrong.body.code, wrong.body.reason]).toEqual([401, nobody.body.code, undefined]);
  });

  it('are reinstated', async () => {
    const { id, email } = await register();
    await suspend(id);
    expect((await reinstate(id)).body.suspension).toBeNull();
    expect((await served.login(email, password)).status).toBe(200);
  });

  it('are told of on the bus, in order and without the reason', async () => {
    const { id } = await register({ role: 'doctor' });
    await suspend(id);
    await reinstate(id);
    await suspend(id);
    const data = { accountId: id, role: 'doctor' };
    expect((await told(id)).slice(1)).toEqual([
      { type: 'identity.account-suspended.v1', sequence: 2, data },
      { type: 'identity.account-reinstated.v1', sequence: 3, data },
      { type: 'identity.account-suspended.v1', sequence: 4, data },
    ]);
  });

  it('change once where two administrators act at once, or one acts twice', async () => {
    const { id } = await register();
    const second = await anotherAdministrator();
    const answers = await Promise.all([suspend(id), suspend(id, second, 'Autre motif'), suspend(id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.suspension.at)).size).toBe(1);
    await Promise.all([reinstate(id), reinstate(id, second)]);
    expect((await told(id)).map(({ type }) => type)).toEqual([
      'identity.account-registered.v1',
      'identity.account-suspended.v1',
      'identity.account-reinstated.v1',
    ]);
  });

  it('are not one’s own to suspend', async () => {
    const answer = await suspend(admin.id);
    expect([answer.status, answer.body.code]).toEqual([409, 'own-account']);
  });

  it('leave an administrator where two suspend each other at the same moment', async () => {
    const [one, other] = [await anotherAdministrator(), await anotherAdministrator()];
    const answers = await Promise.all([suspend(one.id, other), suspend(other.id, one)]);
    // Whoever was suspended acts no more: by their token, or by what is written.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect([401, 403]).toContain(answers.find(({ status }) => status !== 200)!.status);
    expect(await accounts().countDocuments({ _id: { $in: [one.id, other.id] }, suspension: { $exists: true } })).toBe(
      1,
    );
  });

  it('are refused to everybody else, and to a suspended administrator', async () => {
    const patient = await register();
    const doctor = await register({ role: 'doctor' });
    for (const by of [patient, doctor]) {
      expect((await list('', by)).status).toBe(403);
      expect((await suspend(admin.id, by)).status).toBe(403);
      expect((await reinstate(admin.id, by)).status).toBe(403);
    }
    const second = await anotherAdministrator();
    await suspend(second.id);
    expect((await suspend(patient.id, second)).status).toBe(401);
  });

  it('are known, and have a reason', async () => {
    expect((await suspend('nobody')).status).toBe(404);
    expect((await reinstate('nobody')).status).toBe(404);
    const { id } = await register();
    const answers = [await step(id, 'suspend', admin, { reason: '  ' }), await step(id, 'suspend', admin, {})];
    expect(answers.map(({ body }) => body.errors[0])).toMatchObject([
      { field: 'reason', code: 'required' },
      { field: 'reason', code: 'required' },
    ]);
  });

  it('are found by address, by id and by how a name begins', async () => {
    const { id, email } = await register({ firstName: 'Zoubeïda', lastName: 'Ben Yaghlane' });
    await register({ firstName: 'Zied', lastName: 'Yahyaoui' });
    expect(await ids(`?q=${encodeURIComponent(email.toUpperCase())}`)).toEqual([id]);
    expect(await ids(`?q=${id}`)).toEqual([id]);
    for (const typed of ['zoubeida', 'ben yag', 'Yaghlane', 'Zoubeïda Ben'])
      expect(await ids(`?q=${encodeURIComponent(typed)}`)).toEqual([id]);
    for (const typed of ['oubeida', 'nobody@example.tn', '.*', '^', '$ne', '!'])
      expect(await ids(`?q=${encodeURIComponent(typed)}`)).toEqual([]);
  });

  it('are listed newest first, by role, in pages without gaps or repeats', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.push((await register({ lastName: 'Pagination', role: 'doctor' })).id);
    await register({ lastName: 'Pagination' });
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `?q=pagination&role=doctor&limit=3${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await list(query);
      found.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(found).toEqual(made.reverse());
    for (const query of [
      '?cursor=abc',
      `?cursor=${Buffer.from('[1]').toString('base64url')}`,
      '?role=nurse',
      '?limit=0',
    ])
      expect((await list(query)).status).toBe(422);
  });

  it('show nothing of passwords', async () => {
    expect(JSON.stringify((await list('?limit=100')).body)).not.toMatch(/argon|hash|nameKeys|adminActs/i);
  });
});
