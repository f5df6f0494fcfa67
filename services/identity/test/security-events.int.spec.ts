import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, type Served, serveIdentity } from './served.js';

const password = 'jasmin-bleu-42';

describe('the security log', () => {
  let served: Served;
  const folder = mkdtempSync(join(tmpdir(), 'medflow-security-'));
  const file = join(folder, 'security.log');
  beforeAll(async () => {
    served = await serveIdentity({ MEDFLOW_SECURITY_LOG: file });
  });
  afterAll(async () => {
    await served.stop();
    rmSync(folder, { recursive: true });
  });

  const entries = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  /** The newest entry that has all of these members. */
  const written = (members: Record<string, unknown>) =>
    eventually(() =>
      entries().findLast((entry) => Object.entries(members).every(([name, value]) => entry[name] === value)),
    );

  it('tells who signed up, signed in and out, when, from where and by which request', async () => {
    const somebody = person({ password });
    const { id } = (await served.register(somebody)).body.account;
    await written({ act: 'sign-up', outcome: 'done', account: id });
    const answer = await served.login(somebody.email, password, '2001:db8:1:2:3:4:5:6');
    const entry = await written({ act: 'sign-in', outcome: 'done', account: id });
    expect(entry).toMatchObject({
      log: 'security',
      service: 'identity',
      status: 200,
      route: '/auth/login',
      network: '2001:db8:1:2::/64',
      requestId: answer.headers.get('x-request-id'),
      time: expect.any(Number),
    });
    await served.service.call('POST', '/auth/logout', { headers: { 'content-type': 'application/json' } });
    await written({ act: 'sign-out', outcome: 'done' });
  });

  it('tells of refused attempts: wrong passwords, forged tokens, roles that may not, fields that do not exist', async () => {
    const somebody = person({ password });
    const { accessToken } = (await served.register(somebody)).body;
    await served.login(somebody.email, 'figuier-rouge-7', '10.0.0.77');
    await written({ act: 'sign-in', outcome: 'refused', code: 'invalid-credentials', network: '10.0.0.77' });
    await served.service.call('GET', '/auth/me', { headers: { authorization: `Bearer ${accessToken}x` } });
    await written({ outcome: 'refused', code: 'unauthenticated', route: '/auth/me' });
    await served.service.call('GET', '/admin/accounts', { headers: { authorization: `Bearer ${accessToken}` } });
    await written({ outcome: 'refused', code: 'forbidden', route: '/admin/accounts', role: 'patient' });
    await served.register({ ...person({ password }), isAdmin: true });
    await written({ act: 'sign-up', outcome: 'refused', code: 'unknown-field', status: 422 });
  });

  it('holds no password, token, cookie or address of mail, and nothing of what people mistype', async () => {
    const before = entries().length;
    const somebody = person({ password, email: 'secret.address@example.tn', lastName: '' });
    await served.register(somebody);
    await served.service.call('GET', '/auth/me');
    await written({ act: 'sign-up', code: 'validation-failed' });
    expect(entries().slice(before)).toHaveLength(1);
    const text = readFileSync(file, 'utf8');
    for (const secret of [
      password,
      'figuier-rouge-7',
      'secret.address',
      '@example.tn',
      'Bearer',
      'medflow_refresh',
      'eyJ',
    ])
      expect(text).not.toContain(secret);
  });
});
