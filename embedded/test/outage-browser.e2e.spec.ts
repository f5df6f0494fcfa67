import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Api, PASSWORD, type Person } from './api.js';
import { launch, newVisitor, signIn, slotOnPage, type Visitor } from './browser.js';
import { System } from './system.js';

const AWAY = 'Service momentanément indisponible, nouvelle tentative…';
const AWAY_AR = 'الخدمة غير متاحة مؤقتًا، تُعاد المحاولة…';
const BACK = 'De nouveau disponible';
const REASON = 'Palpitations depuis deux semaines, surtout le soir.';
const BACK_WITHIN_MS = 30_000;

describe('a page whose service loses its database', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let doctor: Person;
  let patient: Person;
  const visitors: Visitor[] = [];

  const visit = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    return visitor;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
    [doctor, patient] = await Promise.all([api.publishDoctor(), api.register('patient')]);
    expect((await api.book(patient, (await api.slots(doctor.id))[0]!.id)).status).toBe(201);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  const ready = async (): Promise<number> => (await fetch(`${system.url}/readyz`)).status;
  const banner = (page: Page, text: string): Locator => page.locator('.service-state').getByText(text, { exact: true });
  const gone = (page: Page): Promise<void> =>
    page.locator('.service-state:empty').waitFor({ state: 'attached', timeout: BACK_WITHIN_MS });
  const topOf = async (place: Locator): Promise<number> => (await place.boundingBox())!.y;

  /** Scrolled up to the header and focused, it comes out from under what hangs there. */
  async function standsClear(page: Page, button: Locator): Promise<void> {
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 360, height: 420 });
    await page.getByRole('textbox').focus();
    const { y } = (await button.boundingBox())!;
    await page.evaluate(`scrollTo(0, scrollY + ${y} - 60)`);
    await button.focus();
    const [hung, shown] = [await page.locator('.service-state').boundingBox(), await button.boundingBox()];
    expect(shown!.y).toBeGreaterThanOrEqual(hung!.y + hung!.height);
    await page.setViewportSize(size);
  }

  /** Killed, and not to be started: its data folder is elsewhere. */
  async function takeDatabaseAway(): Promise<() => Promise<void>> {
    const data = join(system.home, 'database/secantus');
    renameSync(data, `${data}.away`);
    writeFileSync(data, '');
    process.kill(Number(readFileSync(join(system.home, 'database/secantus.pid'), 'utf8')), 'SIGKILL');
    await eventually(async () => (await ready()) === 503, { timeoutMs: 3_000, everyMs: 20 });
    return async () => {
      rmSync(data);
      renameSync(`${data}.away`, data);
      await eventually(async () => (await ready()) === 200, { timeoutMs: BACK_WITHIN_MS, everyMs: 100 });
    };
  }

  it('says so, loses nothing that was typed, signs nobody out, and goes on by itself', async () => {
    const [booking, phone] = [await visit(), await visit({ width: 360, height: 740, language: 'ar' })];
    const { page } = booking;
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/appointments'))
        keys.push(request.headers()['idempotency-key']);
    });
    await signIn(booking, system.url, patient);
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    await (await slotOnPage(page, (await api.slots(doctor.id))[3]!)).click();
    await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    await page.getByRole('textbox').fill(REASON);
    const list = await booking.context.newPage();
    await list.goto(`${system.url}/appointments`);
    await list.getByRole('article').first().waitFor();
    await phone.page.goto(`${system.url}/sign-in`);
    await phone.page.locator('input[type=email]').fill(patient.email);
    await phone.page.locator('input[type=password]').fill(PASSWORD);
    const title = phone.page.getByRole('heading', { level: 1 });
    const before = await topOf(title);

    const restore = await takeDatabaseAway();
    await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
    await banner(page, AWAY).waitFor();
    const again = page.getByRole('alert').getByRole('button', { name: 'Réessayer' });
    await again.click();
    await eventually(() => keys.length === 2, { timeoutMs: 5_000 });
    await again.waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe(REASON);
    await standsClear(page, page.getByRole('button', { name: 'Confirmer le rendez-vous' }));
    await list.reload();
    await banner(list, AWAY).waitFor();
    await phone.page.locator('main button[type=submit]').last().click();
    await banner(phone.page, AWAY_AR).waitFor();
    expect(await topOf(title)).toBe(before);
    await booking.inspect('indisponible-1-reserver');
    await phone.inspect('indisponible-2-connexion-ar');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

    await restore();
    await banner(page, BACK).waitFor({ timeout: BACK_WITHIN_MS });
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: join(process.env.SCREENSHOTS, 'indisponible-3-de-nouveau.png') });
    await Promise.all([page, list, phone.page].map(gone));
    await list.getByRole('article').first().waitFor();
    expect([list, page].map((one) => new URL(one.url()).pathname)).toEqual([
      '/appointments',
      `/doctors/${doctor.id}/book`,
    ]);
    expect(await page.getByRole('textbox').inputValue()).toBe(REASON);
    await again.click();
    await page.getByRole('heading', { name: 'Demande envoyée' }).waitFor();
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[\w-]{36}$/);
    expect(await api.all('/appointments', patient)).toHaveLength(2);
    await phone.page.getByRole('alert').getByRole('button').click();
    await phone.page.waitForURL(({ pathname }) => pathname !== '/sign-in');
  }, 120_000);

  it('leaves nothing in the way of anybody', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
