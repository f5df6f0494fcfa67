import { eventually } from '@medflow/testing';
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Api, Hours, Person } from './api.js';
import { dayAfter, focusIn, hours, morningsAndAfternoons, publish, rangeOn } from './availability-page.js';
import type { newVisitor, Visitor } from './browser.js';

interface Stage {
  api: Api;
  visit: (doctor: Person, options?: Parameters<typeof newVisitor>[1]) => Promise<Visitor>;
}

interface Plan {
  weekly: Hours[];
  seasons: { name: string; from: string; to: string; weekly: Hours[] }[];
}

const planOf = ({ api }: Stage, { token }: Person): Promise<Plan> =>
  api.expect(200, 'GET', '/doctors/me/availability', { token }) as Promise<Plan>;
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });
const season = (page: Page, name: string): Locator => page.getByRole('radio', { name: new RegExp(`^${name}`) });
const isChecked = (radio: Locator) => eventually(() => radio.isChecked());
const changes = (page: Page, words: string) => page.getByText(words, { exact: true }).waitFor();

async function tell(dialog: Locator, said: { name?: string; from?: string; to?: string }): Promise<void> {
  if (said.name !== undefined) await dialog.getByLabel('Nom').fill(said.name);
  if (said.from !== undefined) await dialog.getByLabel('Premier jour').fill(said.from);
  if (said.to !== undefined) await dialog.getByLabel('Dernier jour').fill(said.to);
}

/** A season is added, has hours of its own, and is published once it was seen who is booked outside them. */
export async function seasonIsPublished(stage: Stage): Promise<void> {
  const { api } = stage;
  const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons });
  const [amina, sami] = await Promise.all([
    api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' }),
    api.register('patient', { firstName: 'Sami', lastName: 'Jaziri' }),
  ]);
  // Tunis is an hour ahead: both at nine, one in the season and one before it.
  const slots = await api.slots(doctor.id);
  const nineOn = (day: string) => slots.find(({ startsAt }) => startsAt.startsWith(`${day}T08:00`))!.id;
  await api.book(amina, nineOn(dayAfter(4)));
  await api.book(sami, nineOn(dayAfter(2)));
  const practice = await stage.visit(doctor, { width: 1280, height: 1100 });
  const { page } = practice;
  await button(page, 'Ajouter une saison').click();
  const dialog = page.getByRole('dialog', { name: 'Ajouter une saison' });
  await button(dialog, 'Ajouter').click();
  await eventually(async () => (await dialog.getByText('Ce champ est obligatoire.').count()) === 3);
  await dialog.getByRole('button', { name: /^Ramadan · / }).click();
  expect(await dialog.getByLabel('Nom').inputValue()).toBe('Ramadan');
  expect(await dialog.getByLabel('Premier jour').inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  await practice.inspect('saisons-1-ajouter');
  await tell(dialog, { from: dayAfter(3), to: dayAfter(1) });
  await button(dialog, 'Ajouter').click();
  await dialog.getByText('Le dernier jour ne peut pas venir avant le premier.').waitFor();
  await tell(dialog, { to: dayAfter(9) });
  await button(dialog, 'Ajouter').click();
  await dialog.waitFor({ state: 'detached' });
  await isChecked(season(page, 'Ramadan'));
  await page.getByText(/ces heures remplacent la semaine habituelle/).waitFor();
  await changes(page, '1 changement');

  await rangeOn(page, 'Lundi', '09:00–12:00').click();
  await page.getByRole('button', { name: 'Les mêmes heures' }).click();
  await page.getByLabel('Début', { exact: true }).fill('10:00');
  await rangeOn(page, 'Dimanche', '10:00–12:00').waitFor();
  // A new season counts once, with all that is in it.
  await changes(page, '1 changement');
  await practice.inspect('saisons-2-semaine');
  // The usual week is as it was, one arrow away.
  await season(page, 'Ramadan').focus();
  await page.keyboard.press('ArrowLeft');
  await rangeOn(page, 'Lundi', '09:00–12:00').waitFor();
  await page.keyboard.press('ArrowRight');
  await rangeOn(page, 'Lundi', '10:00–12:00').waitFor();

  await button(page, 'Publier').click();
  const outside = page.getByRole('dialog', { name: '1 rendez-vous n’est plus dans vos heures' });
  await outside.getByText(/09:00 · Amina Gharbi/).waitFor();
  expect(await outside.getByText('Sami Jaziri').count()).toBe(0);
  await outside.getByRole('button', { name: 'Publier quand même' }).click();
  await page.getByText('Disponibilités publiées').waitFor();
  const plan = await planOf(stage, doctor);
  expect(plan.seasons).toMatchObject([{ name: 'Ramadan', from: dayAfter(3), to: dayAfter(9) }]);
  expect(plan.seasons[0]!.weekly.map(({ start }) => start).sort()[0]).toBe('10:00');
  expect(plan.weekly).toHaveLength(14);
  expect(plan.weekly.map(({ start }) => start).sort()[0]).toBe('09:00');
  const first = (await api.slots(doctor.id)).find(({ startsAt }) => startsAt.startsWith(dayAfter(5)));
  expect(first!.startsAt).toContain('T09:00');
  // The season that was edited is still shown.
  await isChecked(season(page, 'Ramadan'));
}

/** Seasons are renamed, closed, taken away and put back; what is wrong with one is said where it is. */
export async function seasonsAreChanged(stage: Stage): Promise<void> {
  const ramadan = { name: 'Ramadan', from: dayAfter(30), to: dayAfter(58), weekly: [hours(1, '10:00', '12:00')] };
  const doctor = await stage.api.publishDoctor({ weekly: morningsAndAfternoons, plan: { seasons: [ramadan] } });
  const practice = await stage.visit(doctor, { width: 1280, height: 1100 });
  const { page } = practice;
  await page.getByText('Ramadan', { exact: true }).click();
  await rangeOn(page, 'Lundi', '10:00–12:00').click();
  await page.getByLabel('Fin', { exact: true }).fill('13:00');
  await changes(page, '1 changement');
  await button(page, 'Tout annuler').click();
  await rangeOn(page, 'Lundi', '10:00–12:00').waitFor();

  // Of two seasons no day is shared.
  await button(page, 'Ajouter une saison').click();
  const adding = page.getByRole('dialog', { name: 'Ajouter une saison' });
  await tell(adding, { name: 'Congés', from: dayAfter(58), to: dayAfter(70) });
  await adding.getByLabel('Aucune', { exact: true }).check();
  await button(adding, 'Ajouter').click();
  await adding.getByText('Ces dates chevauchent celles de « Ramadan ».').waitFor();
  await practice.inspect('saisons-3-chevauchement');
  await tell(adding, { from: dayAfter(59) });
  await button(adding, 'Ajouter').click();
  await page.getByText('Aucune plage : rien n’est réservable pendant cette saison.').waitFor();
  await practice.inspect('saisons-4-fermee');
  await button(page, 'Supprimer la saison').click();
  await page.getByText('Saison « Congés » supprimée.').waitFor();
  await eventually(async () => (await focusIn(page)) === 'Annuler la suppression');
  await practice.inspect('saisons-5-supprimee');
  await page.keyboard.press('Enter');
  await isChecked(season(page, 'Congés'));
  expect(await page.evaluate('document.activeElement.type')).toBe('radio');
  await changes(page, '1 changement');

  // Hours that share time, and what the server refuses, bring back the week that they are in.
  await page.getByText('Ramadan', { exact: true }).click();
  await page.getByRole('button', { name: 'Ajouter une plage', exact: true }).click();
  await page.getByLabel('Jour', { exact: true }).selectOption({ label: 'Lundi' });
  await page.getByLabel('Début', { exact: true }).fill('11:00');
  await page.getByText('Semaine habituelle', { exact: true }).click();
  await button(page, 'Publier').click();
  await eventually(async () => /rien n’est publié avant/.test(await focusIn(page)));
  await isChecked(season(page, 'Ramadan'));
  await page.getByRole('button', { name: /^Lundi .10:00–12:00. et / }).waitFor();
  await page.getByLabel('Jour', { exact: true }).selectOption({ label: 'Mardi' });
  await page.getByLabel('Durée (min)', { exact: true }).fill('7');
  await button(page, 'Changer le nom ou les dates').click();
  const changing = page.getByRole('dialog', { name: 'Saison « Ramadan »' });
  await tell(changing, { name: '1448' });
  await button(changing, 'Confirmer').click();
  await page.getByText('Semaine habituelle', { exact: true }).click();
  await button(page, 'Publier').click();
  const refused = page.getByRole('dialog', { name: 'Saison « 1448 »' });
  await refused.getByText('Un nom s’écrit avec des lettres, sans caractère invisible.').waitFor();
  await practice.inspect('saisons-6-refusee');
  await tell(refused, { name: 'Ramadan 1448' });
  await button(refused, 'Confirmer').click();
  await page.getByText('Un multiple de 5.').waitFor();
  await isChecked(season(page, 'Ramadan 1448'));
  await page.getByLabel('Durée (min)', { exact: true }).fill('20');
  await publish(page);
  const { seasons } = await planOf(stage, doctor);
  expect(
    seasons.map(({ name, weekly }) => [name, weekly.map(({ weekday, slotMinutes }) => [weekday, slotMinutes])]),
  ).toEqual([
    [
      'Ramadan 1448',
      [
        [1, 30],
        [2, 20],
      ],
    ],
    ['Congés', []],
  ]);

  await button(page, 'Supprimer la saison').click();
  await page.getByRole('navigation').getByRole('link', { name: 'Agenda' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rester sur la page' }).click();
  await changes(page, '1 changement');
}

/** Two seasons, one of a long name, on a phone: in Arabic and in the dark too. */
export async function seasonsFitAPhone({ api, visit }: Stage): Promise<void> {
  const first = { name: 'Ramadan', from: dayAfter(-1), to: dayAfter(20), weekly: [hours(1, '10:00', '12:00')] };
  const name = 'Horaires d’été du cabinet, de la clinique et de l’hôpital';
  const second = { name, from: dayAfter(90), to: dayAfter(150), weekly: [] };
  const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons, plan: { seasons: [second, first] } });
  for (const options of [{ language: 'fr' }, { language: 'ar' }, { language: 'fr', dark: true }]) {
    const phone = await visit(doctor, { width: 360, height: 740, ...options });
    const { page } = phone;
    const words = `${options.language}${options.dark ? '-sombre' : ''}`;
    await page.getByText('Ramadan', { exact: true }).click();
    await isChecked(season(page, 'Ramadan'));
    expect(await page.locator('[data-range]').count()).toBe(1);
    await phone.inspect(`saisons-7-360-${words}`);
    // Change, remove: the buttons of the season that is shown.
    await page.getByRole('radiogroup').locator('xpath=../..').getByRole('button').nth(1).click();
    await page.getByRole('dialog').locator('input[type=date]').first().waitFor();
    await phone.inspect(`saisons-8-360-${words}-dates`);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }
  const arabic = await visit(doctor, { language: 'ar' });
  await arabic.page.getByText('Ramadan', { exact: true }).click();
  await arabic.inspect('saisons-9-ar');
}
