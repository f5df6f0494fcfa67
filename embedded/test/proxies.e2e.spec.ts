import { networkInterfaces } from 'node:os';
import { askFrom, type Nginx, startNginx } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { PASSWORD, type Person } from './api.js';
import { System } from './system.js';

describe('everything in one process behind two proxies', () => {
  let system: System;
  let inner: Nginx;
  let outer: Nginx;
  let patient: Person;
  beforeAll(async () => {
    system = await System.start('embedded', { env: { MEDFLOW_TRUST_PROXY: '2' } });
    inner = await startNginx({ upstream: system.url, https: false });
    outer = await startNginx({ upstream: inner.url.replace('localhost', '127.0.0.1'), https: true });
    patient = await system.api.register('patient');
  }, 120_000);
  afterAll(async () => {
    await outer?.stop();
    await inner?.stop();
    await system?.discard();
  }, 60_000);

  const login = (address: string, password: string, headers: Record<string, string> = {}) =>
    askFrom(`${outer.url}/api/v1/auth/login`, {
      address,
      method: 'POST',
      headers,
      body: { email: patient.email, password },
    });

  it('keeps the session’s cookie to HTTPS, and only there', async () => {
    const answer = await login('127.0.0.2', PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toMatch(/; Secure/i);
    const plain = await system.api.call('POST', '/auth/login', { body: { email: patient.email, password: PASSWORD } });
    expect(plain.headers.get('set-cookie')).not.toMatch(/; Secure/i);
  });

  it('stops who guesses a password, under whatever address they claim, and not its owner', async () => {
    let status = 0;
    for (let at = 0; at < 8 && status !== 429; at += 1)
      ({ status } = await login('127.0.0.3', 'wrong-password-of-a-guesser', { 'x-forwarded-for': `203.0.113.${at}` }));
    expect(status).toBe(429);
    expect((await login('127.0.0.4', PASSWORD)).status).toBe(200);
  });

  it('tells browsers what happens', async () => {
    const socket = io(inner.url, {
      path: '/realtime',
      transports: ['websocket'],
      auth: { token: patient.token },
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject));
    socket.close();
  });

  it('shows letters and figures to those at the machine alone', async () => {
    const paths = ['/mailbox', '/mailbox/api', '/readyz', '/metrics'];
    for (const path of paths) {
      expect((await askFrom(outer.url + path, { address: '127.0.0.1' })).status).toBe(404);
      expect((await fetch(system.url + path)).status).toBe(200);
    }
    const elsewhere = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one && !one.internal && one.family === 'IPv4');
    for (const { address } of elsewhere as { address: string }[])
      for (const path of paths)
        expect((await fetch(`http://${address}:${new URL(system.url).port}${path}`)).status).toBe(404);
  });
});
