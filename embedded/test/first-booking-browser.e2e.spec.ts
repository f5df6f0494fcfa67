import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { everyDay, PASSWORD, type Person } from './api.js';
import { launch, newVisitor, type Visitor } from './browser.js';
import {
  confirm,
  fits,
  focused,
  introduce,
  keepsNothing,
  Keyboard,
  linkTo,
  loseAnswer,
  MOST_TABS,
  newEmail,
  reason,
  sent,
  sentTo,
} from './confirmation-page.js';
import { System } from './system.js';

const REASON = 'Palpitations le soir';
const ANOTHER_PASSWORD = 'Trois-ânes-dans-la-montagne';
/** In the second day's hours or after: nothing of it is past, whenever the suite runs. */
const LATER = 20;

describe('the first booking of somebody new, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  let nextSlot = LATER;
  const visitors: Visitor[] = [];

  const visit = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    return visitor;
  };

  /** A slot of its own for every test. */
  const freeSlot = async () => (await system.api.slots(doctor.id))[(nextSlot += 3)]!;
  const confirmationOf = ({ id, startsAt }: { id: string; startsAt: string }) =>
    `${system.url}/doctors/${doctor.id}/book?${new URLSearchParams({ slot: id, at: startsAt })}`;
  const appointmentsOf = async (email: string, password = PASSWORD) =>
    system.api.all('/appointments', { id: '', email, token: await system.api.login(email, password) });

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    const weekly = everyDay('09:00', '17:00', 30).map((hours) => ({ ...hours, mode: 'in-person' as const }));
    doctor = await system.api.publishDoctor({ weekly, profile: { address: '3, rue de Marseille' } });
    await system.api.putPhoto(doctor, 'doctor');
    await eventually(async () => (await system.api.expect(200, 'GET', '/doctors')).items[0]?.nextAvailableAt);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('takes at most four screens from the landing page, and a reload shows the appointment', async () => {
    const visitor = await visit();
    const { page } = visitor;
    const screens = new Set<string>();
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) screens.add(new URL(frame.url()).pathname);
    });
    const email = newEmail();
    await page.goto(system.url);
    await page.getByRole('button', { name: 'Trouver un docteur' }).click();
    await page.locator('.next-day a').last().click();
    await page.getByRole('heading', { name: 'Confirmer votre rendez-vous' }).waitFor();
    for (const said of [
      'Dr Leïla Ben Salah',
      '3, rue de Marseille, Tunis',
      '60 TND',
      /^Annulation gratuite jusqu’au .*\d\d:\d\d/,
    ])
      await page.getByText(said).first().waitFor();
    expect(await page.getByRole('combobox').count()).toBe(0);
    await visitor.inspect('premier-1-confirmer');
    await introduce(page, email);
    await reason(page).fill(REASON);
    await page.getByText('Force du mot de passe : ').waitFor();
    await visitor.inspect('premier-2-rempli');
    await confirm(page).click();
    await sent(page).waitFor();
    expect([...screens]).toHaveLength(4);
    await visitor.inspect('premier-3-envoye');

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Rendez-vous avec Dr Leïla Ben Salah' }).waitFor();
    await page.getByText(REASON).waitFor();
    expect(await confirm(page).count()).toBe(0);
    await page.goBack();
    // With what was looked for, which is nothing, where the button was quicker than the page's client.
    await page.waitForURL(({ pathname }) => pathname === '/doctors');
    expect(await appointmentsOf(email)).toHaveLength(1);
  }, 90_000);

  it('takes at most 25 Tabs from the doctor’s page', async () => {
    const { page } = await visit();
    const keys = new Keyboard(page);
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    await page.locator('.slots button').first().waitFor();
    await keys.tabTo('dataset.at', (at) => at !== undefined);
    await page.keyboard.press('Enter');
    await keys.tabTo('textContent', (text) => text === 'Réserver ce créneau');
    await page.keyboard.press('Enter');
    await keys.confirmAsNewcomer();
    expect(keys.tabs).toBeLessThanOrEqual(MOST_TABS);
  }, 60_000);

  it('takes at most 25 Tabs from the directory', async () => {
    const { page } = await visit();
    const keys = new Keyboard(page);
    await page.goto(`${system.url}/doctors`);
    await page.locator('.next-day a').first().waitFor();
    await keys.tabTo('className', (name) => name === 'skip');
    await page.keyboard.press('Enter');
    await keys.tabTo('pathname', (path) => path?.endsWith('/book') ?? false);
    await page.keyboard.press('Enter');
    await keys.confirmAsNewcomer();
    expect(keys.tabs).toBeLessThanOrEqual(MOST_TABS);
  }, 60_000);

  it('asks whoever has an account for no more than their password, and says at once when it is wrong', async () => {
    const patient = await system.api.register('patient');
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(confirmationOf(await freeSlot()));
    await reason(page).fill(REASON);
    await page.getByText('Déjà patient').click();
    await page.getByLabel('E-mail').fill(patient.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill('un-autre-mot');
    await confirm(page).click();
    await page.getByRole('alert').waitFor();
    await eventually(async () => (await focused(page, 'name')) === 'password');
    await visitor.inspect('premier-4-mauvais-mot-de-passe');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await sent(page).waitFor();
    const [booked, ...others] = await system.api.all('/appointments', patient);
    expect([booked.reason, others]).toEqual([REASON, []]);
  }, 60_000);

  it('brings whoever forgot their password back to the slot', async () => {
    const patient = await system.api.register('patient');
    // Nothing but a link to prove it goes to an address before that.
    const [, token] = (await linkTo(system.api, patient.email, 'verify-email')).split('token=');
    await system.api.expect(200, 'POST', '/auth/email/verify', { body: { token } });
    const { page, context } = await visit();
    const slot = await freeSlot();
    await page.goto(confirmationOf(slot));
    await page.getByText('Déjà patient').click();
    await page.getByLabel('E-mail').fill(patient.email);
    await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
    await page.getByRole('heading', { name: 'Mot de passe oublié' }).waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(patient.email);
    await page.getByRole('link', { name: 'Retour à la connexion' }).click();
    await page.getByLabel('E-mail').fill(patient.email);
    await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    const link = await linkTo(system.api, patient.email, 'reset-password');
    const letter = await context.newPage();
    await letter.goto(system.url + link);
    await letter.getByLabel('Mot de passe', { exact: true }).fill(ANOTHER_PASSWORD);
    await letter.getByRole('button', { name: 'Changer le mot de passe' }).click();
    await letter.getByRole('main').getByRole('link', { name: 'Se connecter' }).click();
    await confirm(letter).waitFor();
    await letter.getByLabel('E-mail').fill(patient.email);
    await letter.getByLabel('Mot de passe', { exact: true }).fill(ANOTHER_PASSWORD);
    await confirm(letter).click();
    await sent(letter).waitFor();
    expect((await appointmentsOf(patient.email, ANOTHER_PASSWORD))[0].startsAt).toBe(slot.startsAt);
  }, 90_000);

  it('leads whoever has an account after all to its password, with the address that was typed', async () => {
    const patient = await system.api.register('patient');
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(confirmationOf(await freeSlot()));
    await introduce(page, patient.email);
    await reason(page).fill(REASON);
    await confirm(page).click();
    await page.getByText('Cet e-mail est déjà associé à un compte').waitFor();
    await eventually(async () => (await focused(page, 'name')) === 'email');
    await visitor.inspect('premier-5-adresse-connue');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await eventually(async () => (await focused(page, 'name')) === 'password');
    expect(await page.getByLabel('E-mail').inputValue()).toBe(patient.email);
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await sent(page).waitFor();
    expect((await system.api.all('/appointments', patient))[0].reason).toBe(REASON);
  }, 60_000);

  it('loses nothing when somebody is faster while the account is made', async () => {
    const slot = await freeSlot();
    const visitor = await visit();
    const { page } = visitor;
    const email = newEmail();
    await keepsNothing(page);
    await page.route('**/api/v1/auth/register', async (route) => {
      const answer = await route.fetch();
      expect((await system.api.book(await system.api.register('patient'), slot.id)).status).toBe(201);
      await route.fulfill({ response: answer });
    });
    await page.goto(confirmationOf(slot));
    await introduce(page, email);
    await reason(page).fill(REASON);
    await confirm(page).click();
    await page.getByText('Ce créneau vient d’être pris').waitFor();
    await page.getByText('Patient : Amina Ben Youssef').waitFor();
    expect(await focused(page, 'textContent')).toContain('Ce créneau vient d’être pris');
    expect(await reason(page).inputValue()).toBe(REASON);
    await visitor.inspect('premier-6-pris');
    await page
      .getByRole('button', { name: /^Choisir / })
      .first()
      .click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await reason(page).inputValue()).toBe(REASON);
    await confirm(page).click();
    await sent(page).waitFor();
    const [booked, ...others] = await appointmentsOf(email);
    expect([booked.reason, booked.startsAt === slot.startsAt, others]).toEqual([REASON, false, []]);
  }, 60_000);

  it('books once and signs up once, whichever answer the network loses', async () => {
    const visitor = await visit();
    const { page } = visitor;
    const email = newEmail();
    const [registrations, bookings] = [sentTo(page, '/auth/register'), sentTo(page, '/appointments')];
    const again = page.getByRole('alert').getByRole('button', { name: 'Réessayer' });
    await loseAnswer(page, '/auth/register');
    await page.goto(confirmationOf(await freeSlot()));
    await introduce(page, email);
    await reason(page).fill(REASON);
    await confirm(page).click();
    await again.waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);

    // The account is there by now; the first request to book never arrives, the second one's answer does not come back.
    await page.route('**/api/v1/appointments', (route) => route.abort('connectionreset'), { times: 1 });
    await again.click();
    await page.getByText('Patient : Amina Ben Youssef').waitFor();
    await again.waitFor();
    expect(await reason(page).inputValue()).toBe(REASON);
    await loseAnswer(page, '/appointments');
    await again.click();
    await eventually(() => bookings.length === 2);
    await again.waitFor();
    await visitor.inspect('premier-7-coupure');
    await again.click();
    await sent(page).waitFor();
    expect(registrations).toEqual([registrations[0], registrations[0]]);
    expect(bookings).toEqual([bookings[0], bookings[0], bookings[0]]);
    expect(await appointmentsOf(email)).toHaveLength(1);
  }, 60_000);

  it('is not for doctors, who read so', async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(confirmationOf(await freeSlot()));
    await page.getByText('Déjà patient').click();
    await page.getByLabel('E-mail').fill(doctor.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await confirm(page).click();
    await page.getByRole('heading', { name: 'Seul un compte patient peut prendre rendez-vous.' }).waitFor();
    expect(await focused(page, 'textContent')).toContain('Seul un compte patient');
    expect(await confirm(page).count()).toBe(0);
    await visitor.inspect('premier-8-docteur');
  }, 60_000);

  it('fits a phone, in Arabic and in the dark too', async () => {
    for (const options of [{}, { language: 'ar' }, { dark: true }]) {
      const phone = await visit({ width: 360, height: 740, ...options });
      await phone.page.goto(confirmationOf(await freeSlot()));
      await phone.page.locator('input[name=email]').waitFor();
      const shot = `premier-9-360-${options.language ?? (options.dark ? 'sombre' : 'fr')}`;
      await phone.inspect(shot);
      await phone.page.locator('main button[type=submit]').click();
      await phone.inspect(`${shot}-champs`);
      expect(await fits(phone.page)).toBe(true);
      await phone.page.locator('main form .mantine-SegmentedControl-label').last().click();
      await phone.inspect(`${shot}-deja`);
      expect(await fits(phone.page)).toBe(true);
    }
  }, 60_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
