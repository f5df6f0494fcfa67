import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { administrator, everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, slotOnPage, type Visitor } from './browser.js';
import { System } from './system.js';

/** Half past eleven in Tunis: the morning’s last slot, by video. */
const LAST_MORNING = 'T10:30:00.000Z';

describe('the rules of a country in a real browser', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  let patient: Person;
  const visitors: Visitor[] = [];

  const visit = async (
    person: Pick<Person, 'email'> & { password?: string },
    options: Parameters<typeof newVisitor>[1] = {},
  ): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await signIn(visitor, system.url, person);
    return visitor;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_COUNTRY: 'TN' } }),
      launch(),
    ]);
    const places = everyDay('14:00', '17:00', 30).map((hours) => ({ ...hours, mode: 'in-person' as const }));
    doctor = await system.api.publishDoctor({
      weekly: [...everyDay('09:00', '12:00', 30), ...places],
      profile: { address: '3, rue de Marseille' },
    });
    patient = await system.api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('are read by doctors and administrators, with their sources and the usual fees', async () => {
    const leila = await visit(doctor);
    const { page } = leila;
    await page.getByRole('button', { name: /Leïla Ben Salah/ }).click();
    await page.getByRole('menuitem', { name: 'Règles appliquées' }).click();
    await page.getByRole('heading', { level: 1, name: 'Règles appliquées' }).waitFor();
    await page.getByText('Pays : Tunisie').waitFor();
    expect(await page.locator('main ol > li').count()).toBe(6);
    await page.getByText('Décret présidentiel n° 2022-318', { exact: false }).first().waitFor();
    await page
      .getByRole('row', { name: /Cardiologie/ })
      .getByText('50 TND', { exact: false })
      .waitFor();
    await leila.inspect('regles-1-docteur');
    const phone = await visit(administrator, { width: 360, height: 740, language: 'ar' });
    await phone.page.goto(`${system.url}/rules`);
    await phone.page.getByText('تونس', { exact: false }).first().waitFor();
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await phone.inspect('regles-2-administrateur-ar-360');
  }, 60_000);

  it('have a patient say at booking that the doctor has examined them, and the doctor confirm it', async () => {
    const amina = await visit(patient);
    const { page } = amina;
    const slot = (await system.api.slots(doctor.id)).findLast(({ startsAt }) => startsAt.endsWith(LAST_MORNING))!;
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    // Nobody is told what others have said of the doctor.
    await page.getByText('Ici, les avis des patients ne sont lus que du docteur.').waitFor();
    await (await slotOnPage(page, slot)).click();
    await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    const declared = page.getByLabel('Ce docteur m’a déjà examiné(e) en personne');
    await declared.waitFor();
    await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
    await page.getByText('choisissez un créneau sur place', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Voir les créneaux au cabinet' }).waitFor();
    await amina.inspect('regles-3-refus');
    await declared.check();
    await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
    await page.getByText('Déclaré par le patient, à confirmer par le docteur').waitFor();
    await amina.inspect('regles-4-declare');

    const leila = await visit(doctor, { width: 360, height: 740 });
    await leila.page.goto(`${system.url}/requests`);
    await leila.page.getByRole('button', { name: 'Accepter' }).click();
    const dialog = leila.page.getByRole('dialog', { name: 'Examen en personne' });
    await dialog.getByRole('button', { name: 'Accepter' }).click();
    await dialog.getByLabel('Non : je consigne une dérogation').check();
    await dialog.getByLabel('Motif de la dérogation').waitFor();
    await leila.inspect('regles-5-confirmer-360');
    await dialog.getByLabel('Oui, je l’ai déjà examiné en personne').check();
    await dialog.getByRole('button', { name: 'Accepter' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Confirmé par le docteur').waitFor();
  }, 90_000);

  it('meet no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
