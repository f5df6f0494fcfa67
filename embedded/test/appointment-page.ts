import { eventually } from '@medflow/testing';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Api, everyDay, type Person } from './api.js';
import { type newVisitor, slotOnPage, type Visitor } from './browser.js';

interface Stage {
  url: string;
  api: Api;
  visit: (person: Person, options?: Parameters<typeof newVisitor>[1]) => Promise<Visitor>;
}

/** In the second day's hours or after: nothing of it is past or within a day, whenever the suite runs. */
const LATER = 40;

const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.tagName') as Promise<string>;
const focusedText = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.textContent') as Promise<string>;
const fits = async ({ page }: Visitor) =>
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

/** One appointment from its booking to its end, at its own page, by both sides. */
export async function appointmentAtItsPage({ url, api, visit }: Stage): Promise<void> {
  const weekly = everyDay('09:00', '17:00', 30).map((hours) => ({ ...hours, mode: 'in-person' as const }));
  const [doctor, amina] = await Promise.all([
    api.publishDoctor({ weekly, profile: { address: '3, rue de Marseille' } }),
    api.register('patient', { firstName: 'Amina', lastName: 'Ben Youssef' }),
  ]);
  const patient = await visit(amina);
  const { page } = patient;
  await page.goto(`${url}/doctors/${doctor.id}`);
  await (await slotOnPage(page, (await api.slots(doctor.id))[LATER]!)).click();
  await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
  await page.getByRole('heading', { name: 'Demande envoyée' }).waitFor();
  expect(await focused(page)).toBe('MAIN');
  expect(new URL(page.url()).pathname).toMatch(/^\/appointments\/[^/]+$/);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Rendez-vous avec Dr Leïla Ben Salah' }).waitFor();
  await page.getByText('Le docteur n’a pas encore répondu.', { exact: false }).waitFor();
  expect(await page.getByText('À payer', { exact: true }).count()).toBe(0);
  const directions = page.getByRole('link', { name: /^Itinéraire/ });
  expect(await directions.getAttribute('href')).toContain('destination=3%2C+rue+de+Marseille');
  expect(await page.getByRole('link', { name: /^Google Agenda/ }).getAttribute('href')).toContain('dates=');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Fichier .ics' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^medflow-\d{4}-\d{2}-\d{2}\.ics$/);
  await patient.inspect('rendez-vous-1-demande');

  const practice = await visit(doctor, { width: 1280, height: 420 });
  await practice.page.getByRole('button', { name: 'Notifications, 1 non lues' }).click();
  const panel = practice.page.getByRole('dialog', { name: 'Notifications' });
  const box = (await panel.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(420);
  await practice.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  expect(await practice.page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^Notifications/);
  await practice.page.keyboard.press('Enter');
  await panel.getByRole('link', { name: /Amina Ben Youssef/ }).click();
  await practice.page.getByRole('heading', { level: 1, name: 'Rendez-vous avec Amina Ben Youssef' }).waitFor();
  await practice.inspect('rendez-vous-2-docteur');
  await practice.page.getByRole('button', { name: 'Refuser' }).click();
  await practice.page.getByRole('dialog').waitFor();
  await practice.page.keyboard.press('Escape');
  await practice.page.getByRole('dialog').waitFor({ state: 'detached' });
  // Once the dialog has gone.
  await eventually(async () => (await focusedText(practice.page)) === 'Refuser');
  await practice.page.getByRole('button', { name: 'Accepter' }).focus();
  await practice.page.keyboard.press('Enter');
  await practice.page.getByText('Vous n’avez rien à faire d’ici là.').waitFor();
  await eventually(async () => (await focused(practice.page)) !== 'BODY');

  // Live: nobody reloads.
  await page.getByText('Accepté par le docteur').waitFor();
  await page.getByRole('link', { name: 'Payer', exact: true }).waitFor();
  await patient.inspect('rendez-vous-3-a-payer');
  await endsAtItsPage(patient);
  await practice.page.getByText('Annulé par le patient').waitFor();

  await page.goto(`${url}/appointments/0193-nulle-part`);
  await page.getByRole('heading', { level: 1, name: 'Rendez-vous introuvable' }).waitFor();
  await patient.inspect('rendez-vous-5-introuvable');
}

async function endsAtItsPage(patient: Visitor): Promise<void> {
  const { page } = patient;
  const cancel = page.getByRole('main').getByRole('button', { name: 'Annuler le rendez-vous' });
  await cancel.click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await eventually(async () => (await focusedText(page)) === 'Annuler le rendez-vous');
  await cancel.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le rendez-vous' }).click();
  await page.getByText('Annulé par le patient').waitFor();
  await eventually(async () => (await focused(page)) !== 'BODY');
  expect(await page.getByText('À payer', { exact: true }).count()).toBe(0);
  await patient.inspect('rendez-vous-4-annule');
}

/** The same page on a phone, in Arabic and in the dark, and what it says when it cannot be read. */
export async function appointmentPageElsewhere({ url, api, visit }: Stage): Promise<void> {
  const [doctor, amina] = await Promise.all([api.publishDoctor(), api.register('patient')]);
  const { id } = (await api.book(amina, (await api.slots(doctor.id))[LATER]!.id)).body;
  await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
  const phone = await visit(amina, { width: 360, height: 740, language: 'ar' });
  await phone.page.goto(`${url}/appointments/${id}`);
  await phone.page.getByRole('heading', { level: 1, name: 'موعد مع د. Leïla Ben Salah' }).waitFor();
  await phone.inspect('rendez-vous-6-ar-360');
  await fits(phone);
  await phone.page.goto(`${url}/doctors/${doctor.id}`);
  await phone.page.locator('.slots button').first().waitFor();
  // Arabic letters reach lower: none of a slot's words sticks out of its button.
  expect(
    await phone.page.evaluate(
      `[...document.querySelectorAll('.slots button')].every((button) =>
        [...button.querySelectorAll('small')].every((words) =>
          words.getBoundingClientRect().bottom <= button.getBoundingClientRect().bottom &&
          getComputedStyle(words.closest('.mantine-Button-label')).overflow === 'visible'))`,
    ),
  ).toBe(true);

  const dark = await visit(amina, { width: 360, height: 740, dark: true });
  await dark.page.goto(`${url}/appointments/${id}`);
  await dark.page.getByRole('link', { name: 'Payer', exact: true }).waitFor();
  await dark.inspect('rendez-vous-7-sombre-360');
  await fits(dark);
  await dark.page.goto(`${url}/doctors/${doctor.id}`);
  const before = dark.page.getByRole('button', { name: 'Mois précédent' });
  await dark.page.locator('.slots button').first().waitFor();
  // At a month's end the first free day is in the next one.
  if (await before.isEnabled()) await before.click();
  // What is free in that month is read first.
  await eventually(() => dark.page.getByRole('button', { name: 'Mois suivant' }).isEnabled());
  const looks = await dark.page.evaluate(
    `['Mois précédent', 'Mois suivant'].map((name) => {
      const button = document.querySelector('[aria-label="' + name + '"]');
      const { color, backgroundColor } = getComputedStyle(button);
      return [button.disabled, color + backgroundColor];
    })`,
  );
  const [[disabled, asDisabled], [enabled, asEnabled]] = looks as [[boolean, string], [boolean, string]];
  expect([disabled, enabled]).toEqual([true, false]);
  expect(asDisabled).not.toBe(asEnabled);

  await dark.page.route(`**/api/v1/appointments/${id}`, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: '{"status":500,"code":"internal-error"}',
    }),
  );
  await dark.page.goto(`${url}/appointments/${id}`);
  const again = dark.page.getByRole('alert').getByRole('button', { name: 'Réessayer' });
  await again.waitFor();
  await dark.inspect('rendez-vous-8-echec');
  await dark.page.unroute(`**/api/v1/appointments/${id}`);
  await again.click();
  await dark.page.getByRole('heading', { level: 1, name: 'Rendez-vous avec Dr Leïla Ben Salah' }).waitFor();
}

/** Hours that were changed and not published are not lost by a click elsewhere; what was published asks nothing. */
export async function unpublishedHours({ url, api, visit }: Stage): Promise<void> {
  const euros = { amount: 4_000, currency: 'EUR' };
  const doctor = await api.register('doctor', { firstName: 'Leïla', lastName: 'Ben Salah' });
  await api.completeProfile(doctor, { consultationPrice: euros });
  const planning = await visit(doctor);
  const { page } = planning;
  await page.goto(`${url}/availability`);
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Ajouter une plage', exact: true }).click();
  await page.getByLabel('Prix (EUR)').fill('40');
  await page.getByRole('navigation').getByRole('link', { name: 'Agenda' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await planning.inspect('disponibilites-non-publiees');
  await dialog.getByRole('button', { name: 'Rester sur la page' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/availability');
  expect(await page.getByLabel('Prix (EUR)').inputValue()).toBe('40');
  await page.getByRole('navigation').getByRole('link', { name: 'Agenda' }).click();
  await dialog.getByRole('button', { name: 'Quitter sans enregistrer' }).click();
  await page.waitForURL(`${url}/agenda`);
  await page.getByRole('navigation').getByRole('link', { name: 'Disponibilités' }).click();
  await page.getByRole('button', { name: 'Ajouter une plage', exact: true }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Agenda' }).click();
  await page.waitForURL(`${url}/agenda`);
}
