import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Api, type Hours, type Person } from './api.js';
import { dayAfter, focusIn, hours, morningsAndAfternoons, publish, rangeOn } from './availability-page.js';
import { seasonIsPublished, seasonsAreChanged, seasonsFitAPhone } from './availability-seasons.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

describe('the availability of a doctor in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  const visitors: Visitor[] = [];

  const visit = async (doctor: Person, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await signIn(visitor, system.url, doctor);
    await visitor.page.goto(`${system.url}/availability`);
    return visitor;
  };
  const planOf = ({ token }: Person) => api.expect(200, 'GET', '/doctors/me/availability', { token });
  const timesOf = async (doctor: Person, weekday: number): Promise<string[]> => {
    const { weekly } = (await planOf(doctor)) as { weekly: Hours[] };
    const ofDay = weekly.filter((range) => range.weekday === weekday);
    return ofDay.map(({ start, end }) => `${start}–${end}`).sort();
  };
  const emptyAt = (page: Page, day: string, time: string): Locator =>
    page.getByRole('button', { name: `${day}, ${time}, ajouter une plage` });
  const drag = async (page: Page, from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.mouse.up();
  };
  const boxOf = async (locator: Locator) => (await locator.boundingBox())!;

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('is drawn, stretched and moved in a grid of the week, counted, undone and published', async () => {
    const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons });
    const practice = await visit(doctor, { width: 1280, height: 1100 });
    const { page } = practice;
    await rangeOn(page, 'Lundi', '09:00–12:00').waitFor();
    await practice.inspect('disponibilites-1-semaine');
    const [from, to] = [await boxOf(emptyAt(page, 'Lundi', '17:30')), await boxOf(emptyAt(page, 'Lundi', '19:00'))];
    await drag(page, { x: from.x + 30, y: from.y + 8 }, { x: to.x + 30, y: to.y + 8 });
    await rangeOn(page, 'Lundi', '17:30–19:30').waitFor();
    await page.getByText('1 changement', { exact: true }).waitFor();

    const tuesday = await boxOf(rangeOn(page, 'Mardi', '14:00–17:00'));
    const halfHour = tuesday.height / 6;
    const edge = { x: tuesday.x + tuesday.width / 2, y: tuesday.y + tuesday.height - 2 };
    await drag(page, edge, { x: edge.x, y: edge.y + halfHour });
    await rangeOn(page, 'Mardi', '14:00–17:30').waitFor();
    await page.getByText('2 changements', { exact: true }).waitFor();
    await rangeOn(page, 'Mercredi', '14:00–17:00').dragTo(emptyAt(page, 'Jeudi', '17:30'));
    const moved = page.locator('[data-range]').filter({ hasText: /Jeudi\s+.?17:(30–20:30|45–20:45)/ });
    await moved.waitFor();
    await page.getByText('3 changements', { exact: true }).waitFor();
    await practice.inspect('disponibilites-2-trace');
    await publish(page);
    expect(await timesOf(doctor, 1)).toEqual(['09:00–12:00', '14:00–17:00', '17:30–19:30']);
    expect(await timesOf(doctor, 2)).toEqual(['09:00–12:00', '14:00–17:30']);
    expect(await page.getByText(/\d changement/).count()).toBe(0);

    await rangeOn(page, 'Lundi', '17:30–19:30').click();
    await page.keyboard.press('Delete');
    await page.getByText('1 changement', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Tout annuler' }).click();
    await rangeOn(page, 'Lundi', '17:30–19:30').waitFor();
    expect(await page.getByText(/\d changement/).count()).toBe(0);
  }, 60_000);

  it('takes three actions to set the price of Monday mornings, and one more for every morning', async () => {
    const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons });
    const practice = await visit(doctor);
    const { page } = practice;
    await rangeOn(page, 'Lundi', '09:00–12:00').click();
    await page.getByLabel('Prix (TND)').fill('75');
    await publish(page);
    const priced = async (amount: number) =>
      ((await planOf(doctor)) as { weekly: Hours[] }).weekly.filter((range) => range.price.amount === amount);
    expect(await priced(75_000)).toMatchObject([{ weekday: 1, start: '09:00' }]);

    await rangeOn(page, 'Mardi', '09:00–12:00').click();
    await page.getByRole('button', { name: 'Les mêmes heures' }).click();
    await page.getByRole('heading', { name: '7 plages choisies' }).waitFor();
    // One of them has another price.
    expect(await page.getByLabel('Prix (TND)').inputValue()).toBe('');
    await practice.inspect('disponibilites-3-plusieurs');
    await page.getByLabel('Prix (TND)').fill('80');
    await publish(page);
    expect(await priced(80_000)).toHaveLength(7);

    await rangeOn(page, 'Lundi', '14:00–17:00').click();
    await rangeOn(page, 'Mercredi', '14:00–17:00').click({ modifiers: ['Control'] });
    await page.getByRole('heading', { name: '2 plages choisies' }).waitFor();
    await page.getByLabel('Type', { exact: true }).selectOption({ label: 'Au cabinet' });
    await publish(page);
    const { weekly } = (await planOf(doctor)) as { weekly: Hours[] };
    const inPerson = weekly.filter(({ mode }) => mode === 'in-person');
    expect(inPerson.map(({ weekday, start }) => [weekday, start])).toEqual([
      [1, '14:00'],
      [3, '14:00'],
    ]);
  }, 60_000);

  it('is added, changed, copied in place of other days and taken away by keyboard', async () => {
    const doctor = await api.publishDoctor({
      weekly: [...morningsAndAfternoons.slice(0, 6), hours(5, '08:00', '18:00')],
    });
    const practice = await visit(doctor);
    const { page } = practice;
    const press = async (button: Locator) => {
      await button.focus();
      await page.keyboard.press('Enter');
    };
    await rangeOn(page, 'Lundi', '09:00–12:00').waitFor();
    // From slot to slot by arrows; Enter draws an hour.
    await emptyAt(page, 'Lundi', '07:00').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await rangeOn(page, 'Mardi', '07:30–08:30').waitFor();
    await eventually(async () => /Mardi/.test(await focusIn(page)));
    await page.getByLabel('Fin', { exact: true }).fill('08:45');
    await rangeOn(page, 'Mardi', '07:30–08:45').waitFor();

    await page.getByText('Liste', { exact: true }).click();
    await press(page.getByRole('button', { name: 'Jeudi : ajouter une plage' }));
    await eventually(async () => /Jeudi/.test(await focusIn(page)));
    await page.getByLabel('Début', { exact: true }).fill('10:00');
    await page.getByLabel('Fin', { exact: true }).fill('11:00');
    await rangeOn(page, 'Jeudi', '10:00–11:00').waitFor();
    await practice.inspect('disponibilites-4-liste');

    await press(rangeOn(page, 'Lundi', '14:00–17:00'));
    await press(page.getByRole('button', { name: 'Copier cette journée' }));
    await page.getByRole('checkbox', { name: 'Jeudi', exact: true }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: 'Vendredi', exact: true }).check();
    await practice.inspect('disponibilites-5-copier');
    await press(page.getByRole('button', { name: 'Remplacer ces jours' }));
    await rangeOn(page, 'Vendredi', '14:00–17:00').waitFor();

    await page.getByRole('checkbox', { name: /Mercredi .?09:00–12:00/ }).focus();
    await page.keyboard.press('Space');
    await press(page.getByRole('button', { name: 'Terminé' }));
    await press(rangeOn(page, 'Mercredi', '09:00–12:00'));
    await press(page.getByRole('button', { name: 'Supprimer', exact: true }));
    await press(page.getByRole('button', { name: 'Publier', exact: true }));
    await page.getByText('Disponibilités publiées').first().waitFor();
    expect(await timesOf(doctor, 2)).toEqual(['07:30–08:45', '09:00–12:00', '14:00–17:00']);
    expect(await timesOf(doctor, 3)).toEqual(['14:00–17:00']);
    expect(await timesOf(doctor, 4)).toEqual(['09:00–12:00', '14:00–17:00']);
    expect(await timesOf(doctor, 5)).toEqual(['09:00–12:00', '14:00–17:00']);
  }, 60_000);

  it('names hours that share time, and is not published with them', async () => {
    const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons });
    const practice = await visit(doctor);
    const { page } = practice;
    await rangeOn(page, 'Lundi', '14:00–17:00').click();
    await page.getByLabel('Début', { exact: true }).fill('11:00');
    const pair = page.getByRole('button', { name: /^Lundi .09:00–12:00. et .11:00–17:00.$/ });
    await pair.waitFor();
    expect(await page.locator('[data-overlap=true]').count()).toBe(2);
    await practice.inspect('disponibilites-6-chevauchement');
    await page.getByRole('button', { name: 'Publier', exact: true }).click();
    await eventually(async () => /rien n’est publié avant/.test(await focusIn(page)));
    expect(await timesOf(doctor, 1)).toEqual(['09:00–12:00', '14:00–17:00']);
    await page.getByLabel('Début', { exact: true }).fill('12:00');
    await pair.waitFor({ state: 'detached' });
    await publish(page);
    expect(await timesOf(doctor, 1)).toEqual(['09:00–12:00', '12:00–17:00']);
  }, 60_000);

  it('takes three actions to be away tomorrow afternoon, and tells who is booked then', async () => {
    const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons });
    const [amina, sami] = await Promise.all([
      api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' }),
      api.register('patient', { firstName: 'Sami', lastName: 'Jaziri' }),
    ]);
    const tomorrow = dayAfter(1);
    const slots = (await api.slots(doctor.id)).filter(({ startsAt }) => startsAt.startsWith(tomorrow));
    const at = (time: string) => slots.find(({ startsAt }) => startsAt.slice(11, 16) === time)!.id;
    // Tunis is an hour ahead.
    await api.book(amina, at('14:30'));
    await api.book(sami, at('09:00'));
    const practice = await visit(doctor);
    const { page } = practice;
    await page.getByRole('button', { name: 'Ajouter une absence' }).click();
    await page.getByLabel('Moment', { exact: true }).selectOption({ label: 'L’après-midi' });
    await page.getByRole('button', { name: 'Publier', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '1 rendez-vous n’est plus dans vos heures' });
    await dialog.getByText(/15:30 · Amina Gharbi/).waitFor();
    expect(await dialog.getByText('Sami Jaziri').count()).toBe(0);
    expect(await dialog.getByRole('link', { name: /Déplacer/ }).getAttribute('href')).toMatch(
      /^\/appointments\/.+\/move$/,
    );
    await practice.inspect('disponibilites-7-rendez-vous');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await planOf(doctor)).exceptions).toEqual([]);
    await page.getByRole('button', { name: 'Publier', exact: true }).click();
    await dialog.getByRole('button', { name: 'Publier quand même' }).click();
    await page.getByText('Disponibilités publiées').waitFor();
    const absence = { date: tomorrow, start: '12:00', end: '24:00' };
    expect((await planOf(doctor)).exceptions).toEqual([absence]);
    await eventually(async () => /n’est plus dans vos heures.*Amina Gharbi/.test(await focusIn(page)));
    await practice.inspect('disponibilites-8-a-deplacer');

    await page.getByText(/^Jours fériés/).click();
    await page.getByLabel(/Fête du Travail/).check();
    await page.getByText('1 changement', { exact: true }).waitFor();
    await practice.inspect('disponibilites-9-feries');
    // What was outside before is not told of again.
    await rangeOn(page, 'Lundi', '09:00–12:00').click();
    await page.getByLabel('Prix (TND)').fill('70');
    await publish(page);
    expect((await planOf(doctor)).exceptions).toEqual([absence, { date: expect.stringMatching(/-05-01$/) }]);
    await page.getByRole('button', { name: 'Ajouter une absence' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Agenda' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rester sur la page' }).click();
    await page.getByText('1 changement', { exact: true }).waitFor();
  }, 60_000);

  it('fits a phone, in Arabic and in the dark, above the bar of places', async () => {
    const doctor = await api.publishDoctor({ weekly: morningsAndAfternoons });
    for (const options of [{ language: 'fr' }, { language: 'ar' }, { language: 'fr', dark: true }]) {
      const phone = await visit(doctor, { width: 360, height: 740, ...options });
      const { page } = phone;
      const name = `${options.language}${options.dark ? '-sombre' : ''}`;
      await page.locator('[data-range]').first().click();
      await page.locator('input[inputmode=decimal]').first().fill('90');
      const [bar, tabs] = await Promise.all([boxOf(page.locator('.sticky-bottom')), boxOf(page.locator('.tab-bar'))]);
      expect(bar.y + bar.height).toBeLessThanOrEqual(tabs.y + 1);
      await phone.inspect(`disponibilites-10-360-${name}`);
      await page.locator('summary').last().click();
      await phone.inspect(`disponibilites-11-360-${name}-reglages`);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    const dark = await visit(doctor, { dark: true });
    await rangeOn(dark.page, 'Mardi', '09:00–12:00').click();
    await dark.inspect('disponibilites-12-sombre');
    const arabic = await visit(doctor, { language: 'ar' });
    await arabic.page.locator('[data-range]').first().click();
    await arabic.inspect('disponibilites-13-ar');
    const tablet = await visit(doctor, { width: 800, height: 900 });
    await rangeOn(tablet.page, 'Mardi', '09:00–12:00').click();
    await tablet.inspect('disponibilites-14-800');
    expect(await tablet.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }, 120_000);

  it(
    'has a season with hours of its own, published once who is booked outside them was seen',
    () => seasonIsPublished({ api, visit }),
    60_000,
  );

  it(
    'has seasons that are renamed, closed, taken away and put back, and says at each what is wrong',
    () => seasonsAreChanged({ api, visit }),
    60_000,
  );

  it('has seasons that fit a phone, in Arabic and in the dark', () => seasonsFitAPhone({ api, visit }), 120_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
