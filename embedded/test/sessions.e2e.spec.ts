import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { type Answer, type Api, PASSWORD, type Person } from './api.js';
import { launch, newVisitor, signIn } from './browser.js';
import { root } from './processes.js';
import { type Mode, System } from './system.js';

/** What a page of another site, or of nowhere, is sent with. */
const strangers: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
];
const modes: Mode[] = ['embedded', 'processes'];
/** What the issue allows is 30 s; over the bus it is a moment. */
const moments = { timeoutMs: 5_000, everyMs: 50 };

async function connect(url: string, token: string): Promise<Socket> {
  const socket = io(url, { path: '/realtime', auth: { token }, transports: ['websocket'], reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return socket;
}

const cookieOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('medflow_refresh='))!
    .split(';')[0]!;

describe.each(modes)('sessions, %s', (mode) => {
  let system: System;
  let api: Api;
  beforeAll(async () => {
    system = await System.start(mode, mode === 'embedded' ? {} : { env: { PUBLIC_URL: 'https://clinic.example' } });
    api = system.api;
  }, 180_000);
  afterAll(() => system?.discard(), 60_000);

  /** A second sign-in of the same person, elsewhere. */
  async function elsewhere({ email }: Person): Promise<{ token: string; cookie: string }> {
    const answer = await api.call('POST', '/auth/login', { body: { email, password: 'Deux-chevaux-sur-la-plage' } });
    expect(answer.status).toBe(200);
    return { token: answer.body.accessToken, cookie: cookieOf(answer) };
  }
  const statusFor = async (token: string, path = '/patients/me') => (await api.call('GET', path, { token })).status;

  it('end everywhere within moments of the sign-out, and nowhere else', async () => {
    const patient = await api.register('patient');
    const { token, cookie } = await elsewhere(patient);
    await eventually(async () => (await statusFor(token)) === 200, { timeoutMs: 15_000 });
    const [leaving, staying] = [await connect(api.url, token), await connect(api.url, patient.token)];
    await api.expect(204, 'POST', '/auth/logout', { headers: { cookie } });
    // Identity knows at once, the gateway as soon as it hears.
    expect(await statusFor(token, '/auth/me')).toBe(401);
    await eventually(async () => (await statusFor(token)) === 401, moments);
    await eventually(() => !leaving.connected, moments);
    await expect(connect(api.url, token)).rejects.toThrow('unauthenticated');
    expect(await statusFor(patient.token)).toBe(200);
    expect(staying.connected).toBe(true);
    staying.disconnect();
  });

  it('end when a stolen refresh token comes back, with the access tokens of both', async () => {
    const patient = await api.register('patient');
    const { cookie } = await elsewhere(patient);
    const refresh = (sent: string) => api.call('POST', '/auth/refresh', { headers: { cookie: sent } });
    const owners = await refresh(cookie);
    const later = await refresh(cookieOf(owners));
    expect((await refresh(cookie)).status).toBe(401);
    for (const { body } of [owners, later])
      await eventually(async () => (await statusFor(body.accessToken)) === 401, moments);
    expect((await refresh(cookieOf(later))).status).toBe(401);
  });

  it('are refreshed and ended by our own pages only, at whichever address they were reached', async () => {
    const { cookie } = await elsewhere(await api.register('patient'));
    let held = cookie;
    const send = async (operation: string, url: string, headers: Record<string, string>) => {
      const response = await fetch(`${url}/api/v1/auth/${operation}`, {
        method: 'POST',
        headers: { cookie: held, ...headers },
      });
      const answer = { status: response.status, headers: response.headers, body: undefined };
      if (answer.status === 200) held = cookieOf(answer);
      return answer.status;
    };
    const { port } = new URL(api.url);
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = `http://${host}:${port}`;
      expect(await send('refresh', url, { origin: url })).toBe(200);
      expect(await send('refresh', url, { 'sec-fetch-site': 'same-origin' })).toBe(200);
      for (const headers of strangers)
        for (const operation of ['refresh', 'logout']) expect(await send(operation, url, headers)).toBe(403);
      // The caller does not choose where it was sent to.
      const lie = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
      expect(await send('refresh', url, lie)).toBe(403);
    }
    expect(await send('refresh', api.url, {})).toBe(200);
    if (mode === 'processes') expect(await send('refresh', api.url, { origin: 'https://clinic.example' })).toBe(200);
    expect(await send('logout', api.url, { origin: api.url })).toBe(204);
  });

  it('go on when the signing key is changed by command', async () => {
    const patient = await api.register('patient');
    const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;
    const command = spawnSync(process.execPath, [join(root, 'services/identity/dist/rotate-signing-key-cli.js')], {
      env: { ...process.env, ...addressOf(system) },
      encoding: 'utf8',
    });
    expect(command.stderr).toBe('');
    const [, kid] = /signed with key (\S+) from now on/.exec(command.stdout)!;
    const renewed = await api.login(patient.email);
    expect(kidOf(renewed)).toBe(kid);
    expect(kidOf(patient.token)).not.toBe(kid);
    for (const token of [patient.token, renewed])
      await eventually(async () => (await statusFor(token)) === 200, { timeoutMs: 15_000 });
  });
});

/** Where the system says that identity is, and its secret: what `npm run rotate-signing-key` reads. */
function addressOf({ mode, home, env }: System): Record<string, string> {
  if (mode === 'processes') return env;
  const { upstreams } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as { upstreams: { identity: string } };
  const token = readFileSync(join(home, 'internal-token'), 'utf8').trim();
  return { IDENTITY_URL: upstreams.identity, MEDFLOW_INTERNAL_TOKEN: token };
}

describe('sessions in a real browser', () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    [system, browser] = await Promise.all([System.start('embedded'), launch()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('end in every tab when another device signs out everywhere', async () => {
    const patient = await system.api.register('patient');
    const visitor = await newVisitor(browser);
    await signIn(visitor, system.url, patient);
    const tabs = [visitor.page, await visitor.context.newPage()];
    for (const tab of tabs) await tab.goto(`${system.url}/appointments`);
    await system.api.expect(204, 'DELETE', '/auth/sessions', { token: patient.token });
    for (const tab of tabs) await tab.waitForURL(/\/sign-in\?next=/, { timeout: 30_000 });
    expect(visitor.complaints).toEqual([]);
  }, 90_000);

  it('leave nothing in the browser once somebody signs out, and the way back shows nothing', async () => {
    const patient = await system.api.register('patient', { firstName: 'Zoubeïda', lastName: 'Yaghlane' });
    const visitor = await newVisitor(browser);
    const { page } = visitor;
    await signIn(visitor, system.url, patient);
    await page.goto(`${system.url}/profile`);
    await page.getByLabel('Téléphone', { exact: true }).waitFor();
    expect(await page.content()).toContain('Yaghlane');
    const stored = () => page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    for (const hidden of [patient.email, patient.id, 'Yaghlane', 'eyJ']) expect(await stored()).not.toContain(hidden);
    expect(await page.evaluate<string>('document.cookie')).toBe('');
    await page.getByRole('button', { name: /Zoubeïda Yaghlane/ }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.waitForURL(`${system.url}/`);
    await page.getByRole('link', { name: 'Se connecter' }).first().waitFor();
    expect(await page.content()).not.toContain('Yaghlane');
    expect(Object.keys((JSON.parse(await stored()) as [object])[0])).not.toContain('medflow.signed-in');
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
    expect(await page.content()).not.toContain('Yaghlane');
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  it('lead nowhere but to pages of ours, whatever a link to the sign-in says', async () => {
    const patient = await system.api.register('patient');
    for (const next of [
      '//evil.example/x',
      '/\\evil.example/x',
      '/\t/evil.example/x',
      'https://evil.example',
      'javascript:alert(1)',
    ]) {
      const { page, context } = await newVisitor(browser);
      const asked: string[] = [];
      await context.route(/^\w+:\/\/evil\.example/, (route) => {
        asked.push(route.request().url());
        return route.abort();
      });
      await page.goto(`${system.url}/sign-in?next=${encodeURIComponent(next)}`);
      await page.locator('input[type=email]').fill(patient.email);
      await page.locator('input[type=password]').fill(PASSWORD);
      await page.locator('main button[type=submit]').click();
      await eventually(() => page.evaluate<string | null>("localStorage.getItem('medflow.signed-in')"));
      await page.waitForTimeout(1_000);
      expect([next, asked, new URL(page.url()).origin]).toEqual([next, [], new URL(system.url).origin]);
      await context.close();
    }
  }, 60_000);

  it.each([
    ['', 2],
    ['without locks, as over plain http from another machine, ', 3],
  ])(
    'survive %stabs that are reloaded again and again at the same moment: %i',
    async (without, count) => {
      const patient = await system.api.register('patient');
      const visitor = await newVisitor(browser);
      if (without)
        await visitor.context.addInitScript(`Object.defineProperty(navigator, 'locks', { value: undefined })`);
      await signIn(visitor, system.url, patient);
      const tabs = [visitor.page];
      while (tabs.length < count) tabs.push(await visitor.context.newPage());
      const reload = (tab: Page) => tab.goto(`${system.url}/appointments`, { waitUntil: 'commit' });
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(tabs.map(reload));
        for (const tab of tabs) await tab.getByRole('heading', { name: 'Mes rendez-vous' }).waitFor();
        // Somebody impatient: the page is gone before its answer comes.
        await reload(visitor.page);
        await visitor.page.waitForTimeout(50 + 50 * round);
        await reload(visitor.page);
        await visitor.page.getByRole('heading', { name: 'Mes rendez-vous' }).waitFor();
      }
      for (const tab of tabs) expect(new URL(tab.url()).pathname).toBe('/appointments');
    },
    120_000,
  );
});
