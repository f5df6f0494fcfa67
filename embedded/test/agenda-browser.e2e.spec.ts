import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import type { Browser } from 'playwright-core';
import { type Api, everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

const zone = 'Africa/Tunis';
const dayOf = (instant: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(instant));
const timeOf = (instant: string) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant));

describe('the agenda of a doctor in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let doctor: Person;
  let slot: { id: string; startsAt: string };
  let visitId: string;
  const visitors: Visitor[] = [];

  const visit = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await signIn(visitor, system.url, doctor);
    return visitor;
  };
  const plan = () => api.expect(200, 'GET', '/doctors/me/availability', { token: doctor.token });

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
    doctor = await api.publishDoctor({ weekly: everyDay('09:00', '12:00', 30) });
    const amina = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    slot = (await api.slots(doctor.id))[12]!;
    visitId = (await api.book(amina, slot.id)).body.id;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('shows a visit at its hour, and answers it in its panel', async () => {
    const practice = await visit();
    const { page } = practice;
    await page.goto(`${system.url}/agenda?day=${dayOf(slot.startsAt)}`);
    const block = page.getByRole('button', { name: new RegExp(`^${timeOf(slot.startsAt)} Amina Gharbi`) });
    await block.waitFor();
    await practice.inspect('agenda-1-jour');
    await block.click();
    const panel = page.getByRole('dialog', { name: 'Amina Gharbi' });
    await panel.getByRole('button', { name: 'Accepter' }).click();
    await panel.getByText('Confirmé', { exact: true }).waitFor();
    await practice.inspect('agenda-2-panneau');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.getByText('Semaine', { exact: true }).click();
    await block.waitFor();
    await practice.inspect('agenda-3-semaine');
    await page.getByText('Mois', { exact: true }).click();
    await page.getByText(`${timeOf(slot.startsAt)} Gharbi`).waitFor();
    await practice.inspect('agenda-4-mois');
    expect((await api.expect(200, 'GET', `/appointments/${visitId}`, { token: doctor.token })).status).toBe('accepted');
  }, 60_000);

  it('blocks drawn hours, tells who is booked in them, and opens them again by keyboard', async () => {
    const practice = await visit();
    const { page } = practice;
    const day = dayOf(slot.startsAt);
    await page.goto(`${system.url}/agenda?day=${day}`);
    await page
      .getByRole('button', { name: /^09:00 Amina|Amina Gharbi/ })
      .first()
      .waitFor();
    // Action 1: the button; action 2: the end; action 3: done.
    await page.getByRole('button', { name: 'Bloquer ou ouvrir' }).click();
    const dialog = page.getByRole('dialog', { name: 'Bloquer ou ouvrir' });
    expect(await dialog.getByLabel('Date').inputValue()).toBe(day);
    await dialog.getByText('Déjà réservé dans ces heures').waitFor();
    await practice.inspect('agenda-5-bloquer');
    await dialog.getByLabel('Fin').fill('08:00');
    await dialog.getByRole('button', { name: 'Bloquer' }).click();
    await dialog.getByText('La fin vient après le début.').waitFor();
    await dialog.getByLabel('Fin').fill('12:00');
    await dialog.getByRole('button', { name: 'Bloquer' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await plan()).exceptions).toEqual([{ date: day, start: '09:00', end: '12:00' }]);
    await eventually(async () => (await page.locator('[data-kind=away]').count()) >= 6);
    await practice.inspect('agenda-6-bloque');

    await page.locator('[data-kind=away]').first().focus();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Fin').fill('12:00');
    await dialog.getByLabel('Début').fill('09:00');
    await dialog.getByRole('button', { name: 'Ouvrir' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await plan()).toMatchObject({ exceptions: [], dates: [] });
  }, 60_000);

  it('opens hours that the week does not offer', async () => {
    const { page } = await visit();
    const day = dayOf(slot.startsAt);
    await page.goto(`${system.url}/agenda?day=${day}`);
    await page.getByRole('button', { name: /, 14:00, non proposé$/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Bloquer ou ouvrir' });
    await dialog.getByText('Ouvrir', { exact: true }).first().click();
    await dialog.getByLabel('Fin').fill('15:00');
    await dialog.getByRole('button', { name: 'Ouvrir' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await plan()).dates).toMatchObject([{ date: day, start: '14:00', end: '15:00', slotMinutes: 30 }]);
    await page.getByRole('button', { name: /, 14:30, libre$/ }).waitFor();
  }, 60_000);

  it('offers another time where a visit is dragged to', async () => {
    const { page } = await visit();
    await page.goto(`${system.url}/agenda?day=${dayOf(slot.startsAt)}`);
    const block = page.getByRole('button', { name: /Amina Gharbi/ });
    await block.waitFor();
    const target = page.getByRole('button', { name: /, 14:30, libre$/ });
    await block.dragTo(target);
    const dialog = page.getByRole('dialog', { name: 'Proposer un autre horaire' });
    await dialog.getByRole('button', { name: 'Proposer cet horaire' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { proposal } = await api.expect(200, 'GET', `/appointments/${visitId}`, { token: doctor.token });
    expect(timeOf(proposal.startsAt)).toBe('14:30');
  }, 60_000);

  it('fits a phone, in Arabic and in the dark', async () => {
    for (const options of [{ language: 'ar' }, { dark: true }]) {
      const phone = await visit({ width: 360, height: 740, ...options });
      await phone.page.goto(`${system.url}/agenda?day=${dayOf(slot.startsAt)}`);
      await phone.page.getByRole('button', { name: /Amina Gharbi/ }).waitFor();
      await phone.inspect(`agenda-7-360-${options.language ?? 'sombre'}`);
      expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await phone.page.getByText(options.language ? 'شهر' : 'Mois', { exact: true }).click();
      await phone.page.locator('.month-day').first().waitFor();
      await phone.inspect(`agenda-8-mois-360-${options.language ?? 'sombre'}`);
      expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  }, 60_000);

  it('goes on a phone from place to place by a bar under the thumb', async () => {
    const asking = await api.register('patient', { firstName: 'Sami', lastName: 'Jaziri' });
    await api.book(asking, (await api.slots(doctor.id)).at(-1)!.id);
    const phone = await visit({ width: 360, height: 740 });
    const { page } = phone;
    const bar = page.getByRole('navigation', { name: 'Navigation principale' });
    await bar
      .getByRole('link', { name: /Demandes/ })
      .getByText('1', { exact: true })
      .waitFor();
    await phone.inspect('barre-1-docteur');
    await bar.getByRole('link', { name: 'Patients' }).click();
    await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
    await bar.getByRole('button', { name: 'Plus' }).click();
    await page.getByRole('menuitem', { name: 'Disponibilités' }).click();
    await page.getByRole('heading', { level: 1, name: 'Disponibilités' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

    const patient = await newVisitor(browser, { width: 360, height: 740, language: 'ar' });
    visitors.push(patient);
    await signIn(patient, system.url, asking);
    await patient.page.locator('.tab-bar a[href="/appointments"]').click();
    await patient.page.getByRole('article').first().waitFor();
    await patient.inspect('barre-2-patient-ar');
    await patient.page.goto(`${system.url}/doctors/${doctor.id}`);
    await patient.page.locator('.slots button').first().click();
    // What sticks to the bottom stands on the bar, not below it.
    const [book, tabs] = await Promise.all([
      patient.page.locator('.sticky-bottom').boundingBox(),
      patient.page.locator('.tab-bar').boundingBox(),
    ]);
    expect(book!.y + book!.height).toBeLessThanOrEqual(tabs!.y + 1);
    await patient.inspect('barre-3-reserver-ar');
  }, 60_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
