import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, slotOnPage, type Visitor } from './browser.js';
import { System } from './system.js';

const HORIZON_DAYS = 75;
/** Half past four in Tunis: the afternoon's last slot. */
const LAST_AFTERNOON = 'T15:30:00.000Z';
const DAY_MS = 86_400_000;

const focused = (page: Page, what: string) => page.evaluate(`document.activeElement.${what}`) as Promise<string>;
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');

describe('free slots in a real browser', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
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
    const mornings = everyDay('09:00', '12:00', 30);
    const afternoons = everyDay('14:00', '17:00', 30).map((hours) => ({ ...hours, mode: 'in-person' as const }));
    doctor = await system.api.publishDoctor({
      weekly: [...mornings, ...afternoons],
      profile: { address: '3, rue de Marseille' },
      plan: { horizonDays: HORIZON_DAYS },
    });
    await eventually(async () => {
      const [found] = (await system.api.expect(200, 'GET', '/doctors')).items;
      return found?.nextAvailableAt;
    });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('lead from a card of the directory straight to the confirmation', async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`${system.url}/doctors`);
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Dr Leïla Ben Salah' }) });
    const times = card.locator('.next-day a');
    await times.first().waitFor();
    expect(await card.locator('.next-day').count()).toBe(3);
    expect(await times.count()).toBeLessThanOrEqual(12);
    await page.getByText('1 docteur affiché').waitFor();
    await visitor.inspect('creneaux-1-annuaire');
    const time = await times.last().innerText();
    await times.last().click();
    await page.getByRole('heading', { name: 'Confirmer votre rendez-vous' }).waitFor();
    await page.getByText(`, ${time}`, { exact: false }).first().waitFor();

    const phone = await visit({ width: 360, height: 740, language: 'ar' });
    await phone.page.goto(`${system.url}/doctors`);
    await phone.page.locator('.next-day a').first().waitFor();
    expect(await phone.page.locator('.next-day a:visible').count()).toBeLessThanOrEqual(2);
    expect(await fits(phone.page)).toBe(true);
    await phone.inspect('creneaux-2-annuaire-ar-360');
  }, 60_000);

  it('are found wider where a search finds nobody', async () => {
    const { page } = await visit();
    await page.goto(`${system.url}/doctors?city=Sfax&specialization=cardiology`);
    await page.getByRole('heading', { name: 'Aucun docteur ne correspond' }).waitFor();
    await page.getByRole('button', { name: 'Sans : Ville' }).click();
    await page.getByRole('link', { name: 'Dr Leïla Ben Salah', exact: true }).waitFor();
  }, 60_000);

  it('are chosen in a month, by mode and in another time zone, within the horizon', async () => {
    const visitor = await visit();
    const { page } = visitor;
    const patient = await system.api.register('patient');
    await signIn(visitor, system.url, patient);
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    // What is bookable within a week ends at this time of the day, which may be a morning.
    const later = (await system.api.slots(doctor.id)).findLast((one) => one.startsAt.endsWith(LAST_AFTERNOON))!;
    const slot = await slotOnPage(page, later);
    await slot.waitFor();
    await visitor.inspect('creneaux-3-mois');
    await page.getByRole('radiogroup', { name: 'Type de consultation' }).getByText('Au cabinet').click();
    await page.locator('.slots button').filter({ hasText: 'Vidéo' }).first().waitFor({ state: 'detached' });
    expect(await page.locator('.slots button').count()).toBe(6);

    expect(await slot.innerText()).toContain('16:30');
    await page.getByRole('button', { name: 'Changer de fuseau horaire' }).click();
    await page.getByLabel('Fuseau horaire').selectOption('Asia/Tokyo');
    // Half past four in the afternoon is half past midnight, a day later.
    await page.locator(`.slots [data-at="${later.startsAt}"]`).waitFor({ state: 'detached' });
    const chosen = await slotOnPage(page, later, 'Asia/Tokyo');
    expect(await chosen.innerText()).toContain('00:30');
    await chosen.click();
    await page.getByText(/^Créneau choisi/).waitFor();
    await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    await page.getByText('00:30 (Asia/Tokyo)').waitFor();

    // What an address says of a slot is not what it costs, nor that it is there.
    const link = new URL(page.url());
    link.searchParams.set('amount', '1');
    link.searchParams.delete('zone');
    await page.goto(link.href);
    await page.getByText('60 TND', { exact: true }).waitFor();
    await page.getByText('16:30', { exact: false }).first().waitFor();
    link.searchParams.set('slot', 'c29tZXRoaW5n');
    await page.goto(link.href);
    await page.getByRole('heading', { name: 'Ce créneau n’est plus libre' }).waitFor();
    await page.getByRole('link', { name: 'Choisir un autre créneau' }).click();

    await page.locator('.slots button').first().waitFor();
    const next = page.getByRole('button', { name: 'Mois suivant' });
    let months = 1;
    for (; await next.isEnabled(); months += 1) {
      await next.click();
      await page.locator('.slots button').first().waitFor();
    }
    const last = new Date(Date.now() + HORIZON_DAYS * DAY_MS);
    const day = Number((await page.locator('.booker [data-day]').last().getAttribute('data-day'))!.slice(8));
    expect(Math.abs(day - last.getUTCDate())).toBeLessThanOrEqual(1);
    expect(months).toBeGreaterThanOrEqual(3);
  }, 90_000);

  it('are those at the practice where an address asks for them', async () => {
    const { page } = await visit();
    const later = (await system.api.slots(doctor.id)).findLast((one) => one.startsAt.endsWith(LAST_AFTERNOON))!;
    await page.goto(`${system.url}/doctors/${doctor.id}?mode=in-person`);
    await (await slotOnPage(page, later)).waitFor();
    const modes = page.getByRole('radiogroup', { name: 'Type de consultation' });
    expect(await modes.getByRole('radio', { name: 'Au cabinet' }).isChecked()).toBe(true);
    expect(await page.locator('.slots button').count()).toBe(6);
  }, 60_000);

  it('are booked by keyboard alone with at most 25 Tabs', async () => {
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, system.url, await system.api.register('patient'));
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    await page.locator('.slots button').first().waitFor();
    let tabs = 0;
    const tabTo = async (isThere: () => Promise<boolean>) => {
      do {
        await page.keyboard.press('Tab');
        tabs += 1;
      } while (tabs <= 25 && !(await isThere()));
    };
    await tabTo(async () => (await focused(page, 'dataset.day')) !== undefined);
    const before = await focused(page, 'dataset.day');
    await page.keyboard.press('End');
    await page.waitForTimeout(100);
    expect((await focused(page, 'dataset.day')) >= before).toBe(true);
    await tabTo(async () => (await focused(page, 'dataset.at')) !== undefined);
    await page.keyboard.press('Enter');
    await tabTo(async () => (await focused(page, 'textContent')) === 'Réserver ce créneau');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).waitFor();
    await tabTo(async () => (await focused(page, 'textContent')) === 'Confirmer le rendez-vous');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Demande envoyée' }).waitFor();
    console.log(`Tabs from the doctor's page to the request: ${tabs}`);
    expect(tabs).toBeLessThanOrEqual(25);
  }, 60_000);

  it('stand on the first screen of a phone, in the dark and in Arabic too', async () => {
    const phone = await visit({ width: 360, height: 740 });
    await phone.page.goto(`${system.url}/doctors/${doctor.id}`);
    const first = phone.page.locator('.slots button').first();
    await first.waitFor();
    await phone.inspect('creneaux-4-360');
    expect((await first.boundingBox())!.y + 40).toBeLessThan(740);
    for (const options of [{ language: 'ar' }, { dark: true }]) {
      const other = await visit({ width: 360, height: 740, ...options });
      await other.page.goto(`${system.url}/doctors/${doctor.id}`);
      await other.page.locator('.slots button').first().click();
      await other.inspect(`creneaux-5-360-${options.language ?? 'sombre'}`);
      expect(await fits(other.page)).toBe(true);
    }
  }, 60_000);

  it('meet no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
