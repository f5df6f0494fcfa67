import { askFrom, type Identified, type Nginx, startNginx } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Door } from './door.js';

const patient: Identified = { id: 'patient-1', role: 'patient' };
/** What callers write to be taken for others. */
const lies = {
  'x-forwarded-for': '198.51.100.1, 127.0.0.1',
  'x-forwarded-proto': 'http',
  'x-forwarded-host': 'evil.example',
  'x-real-ip': '198.51.100.1',
  forwarded: 'for=198.51.100.1;proto=http',
};

describe.each([
  ['one proxy', 1, '1'],
  ['two proxies', 2, '2'],
  ['one proxy, known by its address', 1, '127.0.0.1'],
  ['two proxies, known by their network', 2, '127.0.0.1/32, 192.0.2.0/24'],
])('behind %s', (_what, proxies, setting) => {
  let door: Door;
  let outer: Nginx;
  const running: Nginx[] = [];
  beforeAll(async () => {
    door = await Door.open({ MEDFLOW_TRUST_PROXY: setting, MEDFLOW_RATE_LIMITS: 'on', MEDFLOW_EMBEDDED: '1' });
    let upstream = `http://127.0.0.1:${door.port}`;
    if (proxies === 2) {
      running.push(await startNginx({ upstream, https: false }));
      upstream = running[0]!.url.replace('localhost', '127.0.0.1');
    }
    outer = await startNginx({ upstream, https: true });
    running.push(outer);
  });
  afterEach(() => door.services.identity.recovers());
  afterAll(async () => {
    for (const nginx of running) await nginx.stop();
    await door.close();
  });

  const register = (address: string, headers: Record<string, string> = {}) =>
    askFrom(`${outer.url}/api/v1/auth/register`, { address, method: 'POST', body: {}, headers });
  const seen = () => door.services.identity.asked.find(({ path }) => path === '/auth/register')?.headers;

  it.each([
    ['in good faith', {}],
    ['with lies', lies],
  ])('services learn the caller’s own address, and that it was HTTPS: %s', async (_how, headers) => {
    await register('127.0.0.7', headers);
    expect(seen()).toMatchObject({
      'x-forwarded-for': '127.0.0.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': `localhost:${outer.port}`,
    });
    expect(seen()).not.toHaveProperty('forwarded');
    expect(seen()).not.toHaveProperty('x-real-ip');
  });

  it('browsers are told to stay with HTTPS', async () => {
    const { headers } = await askFrom(`${outer.url}/`, { address: '127.0.0.7' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    const refused = await askFrom(`${outer.url}/api/v1/doctors/%ff`, { address: '127.0.0.7', headers: lies });
    expect([refused.status, refused.headers['strict-transport-security']]).toEqual([
      400,
      'max-age=31536000; includeSubDomains',
    ]);
  });

  it('quotas are each caller’s own, whom no lie gives another', async () => {
    let status = 0;
    for (let at = 0; at < 70 && status !== 429; at += 1)
      ({ status } = await register('127.0.0.8', { 'x-forwarded-for': `198.51.100.${at}` }));
    expect(status).toBe(429);
    expect((await register('127.0.0.9')).status).not.toBe(429);
  }, 30_000);

  it('shows nobody what is for those at the machine', async () => {
    for (const path of ['/mailbox', '/mailbox/api', '/readyz', '/metrics'])
      expect((await askFrom(outer.url + path, { address: '127.0.0.1' })).status).toBe(404);
    expect(door.services.notifications.asked).toEqual([]);
  });

  it('serves the one signed in like anybody', async () => {
    door.services.identity.knows('/auth/me', { id: patient.id });
    const authorization = `Bearer ${await door.tokenOf(patient)}`;
    const answer = await askFrom(`${outer.url}/api/v1/auth/me`, { address: '127.0.0.7', headers: { authorization } });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { id: patient.id }]);
  });
});
