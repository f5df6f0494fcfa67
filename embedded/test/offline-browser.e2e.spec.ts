import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { everyDay, PASSWORD, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

const REASON = 'Palpitations depuis deux semaines';
const PLACE = '3, rue de Marseille';
const STATE = /Hors connexion : état du /;
const STATE_AR = /دون اتصال: الحالة كما كانت في/;

describe('without network', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  let patient: Person;
  let appointment: string;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    const { api } = system;
    const hours = everyDay('09:00', '17:00', 30).map((some) => ({ ...some, mode: 'in-person' as const }));
    [doctor, patient] = await Promise.all([
      api.publishDoctor({ weekly: hours, profile: { address: PLACE } }),
      api.register('patient'),
    ]);
    const body = { slotId: (await api.slots(doctor.id))[0]!.id, reason: REASON };
    appointment = (await api.expect(201, 'POST', '/appointments', { token: patient.token, body })).id;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  /** With a service worker, as people have. */
  const visit = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, { ...options, serviceWorkers: 'allow' });
    visitors.push(visitor);
    return visitor;
  };
  const shellKept = (page: Page) =>
    page.evaluate('navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)');
  /** Everything that the browser holds for the site, but for cookies that no script sees. */
  const held = (page: Page) =>
    page.evaluate<{ storage: string; files: string[] }>(`(async () => {
      const files = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) files.push(new URL(url).pathname);
      return { storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]), files };
    })()`);
  const reads = async ({ context, page }: Visitor): Promise<void> => {
    await signIn({ context, page } as Visitor, system.url, patient);
    await page.goto(`${system.url}/appointments`);
    await page.getByRole('article').first().waitFor();
    await page.goto(`${system.url}/appointments/${appointment}`);
    await page.getByText(PLACE).first().waitFor();
    await shellKept(page);
  };
  const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');

  it('the shell opens at any address, and says what was read last and since when', async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await reads(visitor);
    await context.setOffline(true);
    await page.getByText(STATE).waitFor();
    expect(await page.getByRole('button', { name: 'Annuler le rendez-vous' }).count()).toBe(0);
    await page.reload();
    await page.getByText(STATE).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Rendez-vous avec Dr Leïla Ben Salah' }).waitFor();
    expect(await page.locator('.facts').innerText()).toContain(PLACE);
    expect(await page.locator('main').innerText()).not.toContain(REASON);
    expect(await page.locator('main button').count()).toBe(0);
    await visitor.inspect('hors-connexion-1-rendez-vous');
    await page.goto(`${system.url}/appointments`);
    await page.getByRole('article', { name: /Leïla Ben Salah/ }).waitFor();
    await page.getByText(STATE).waitFor();
    await visitor.inspect('hors-connexion-2-liste');
    await page.goto(`${system.url}/payments`);
    await page.getByText('Cette page a besoin du réseau.').waitFor();
    await page.goto(`${system.url}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();

    await page.goto(`${system.url}/appointments`);
    await page.getByRole('article').waitFor();
    await context.setOffline(false);
    await page.getByText(STATE).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Annuler le rendez-vous' }).first().waitFor();
    await page.getByText(REASON).waitFor();
  }, 90_000);

  it('a phone in Arabic and in the dark reads the same', async () => {
    const visitor = await visit({ width: 360, height: 740, language: 'ar', dark: true });
    const { page, context } = visitor;
    await reads(visitor);
    await context.setOffline(true);
    for (const [path, name] of [
      ['/appointments', 'hors-connexion-3-liste-ar-360'],
      [`/appointments/${appointment}`, 'hors-connexion-4-rendez-vous-ar-360'],
    ] as const) {
      await page.goto(system.url + path);
      await page.getByText(STATE_AR).waitFor();
      expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
      expect(await fits(page)).toBe(true);
      await visitor.inspect(name);
    }
  }, 90_000);

  it('no address, no answer of the API, no token and nothing of why somebody comes is on the device', async () => {
    const visitor = await visit();
    await reads(visitor);
    const { storage, files } = await held(visitor.page);
    expect(storage).toContain('Ben Salah');
    for (const hidden of [REASON, 'Palpitations', patient.email, patient.id, 'Trabelsi', 'eyJ'])
      expect(storage).not.toContain(hidden);
    expect(files).toContain('/offline');
    expect(
      files.filter((path) => !/^\/(offline|first-paint\.js|assets\/.*|[\w-]+\.(svg|webmanifest))$/.test(path)),
    ).toEqual([]);
  }, 60_000);

  it('after sign-out nothing is left, and pages of one’s own are not shown', async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await reads(visitor);
    await page.getByRole('button', { name: /Amine Trabelsi/ }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.waitForURL(`${system.url}/`);
    await page.getByRole('link', { name: 'Se connecter' }).first().waitFor();
    const { storage } = await held(page);
    expect(storage).not.toMatch(/Salah|Marseille|medflow\.(kept|signed-in)/);
    await context.setOffline(true);
    await page.goto(`${system.url}/appointments/${appointment}`);
    await page.waitForURL(/\/sign-in/);
    expect(await page.content()).not.toMatch(/Ben Salah/);
  }, 60_000);

  it('a session that has ended elsewhere leaves nothing of it', async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await reads(visitor);
    await context.clearCookies();
    await page.goto(`${system.url}/appointments`);
    await page.waitForURL(/\/sign-in/);
    expect((await held(page)).storage).not.toContain('Salah');
  }, 60_000);

  it('somebody else who signs in beside it, in a window that was open before, finds nothing of it', async () => {
    const visitor = await visit();
    const other = await system.api.register('patient');
    const form = await visitor.context.newPage();
    await form.goto(`${system.url}/sign-in`);
    await form.locator('input[type=email]').fill(other.email);
    await form.locator('input[type=password]').fill(PASSWORD);
    await reads(visitor);
    await form.locator('main button[type=submit]').click();
    await form.waitForURL(({ pathname }) => pathname !== '/sign-in');
    expect((await held(form)).storage).not.toContain('Salah');
    await visitor.page.getByRole('link', { name: 'Mes rendez-vous' }).first().click();
    await visitor.page.getByRole('article').first().waitFor();
    expect((await held(form)).storage).not.toContain('Salah');
  }, 60_000);

  it('the device can be cleared without network', async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await reads(visitor);
    await context.setOffline(true);
    await page.goto(`${system.url}/appointments`);
    await page.getByRole('button', { name: 'Effacer de cet appareil' }).click();
    await page.getByText('Rien à lire sans réseau').waitFor();
    expect((await held(page)).storage).not.toContain('Salah');
    await visitor.inspect('hors-connexion-5-rien');
  }, 60_000);

  it('a page that is open when a release takes the code of another away opens that one anew', async () => {
    const visitor = await newVisitor(browser);
    visitors.push(visitor);
    const { page } = visitor;
    await signIn(visitor, system.url, patient);
    let refused = 0;
    await page.route(/assets\/history-[^/]*\.js$/, (route) =>
      refused++ === 0 ? route.fulfill({ status: 404 }) : route.continue(),
    );
    await page.getByRole('link', { name: 'Paiements' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Paiements' }).waitFor();
    await eventually(() => refused >= 2);
  }, 60_000);

  it('is answered by a worker that is always asked for anew, and by hashed files that never are', async () => {
    const worker = await fetch(`${system.url}/sw.js`);
    expect([worker.status, worker.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(worker.headers.get('content-type')).toMatch(/javascript/);
    expect(worker.headers.get('content-security-policy')).toContain("connect-src 'self'");
    const shell = await fetch(`${system.url}/offline`);
    expect([shell.status, shell.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    expect(await shell.text()).toContain('<div id="root"></div>');
  });

  it('nothing is in anybody’s way', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
