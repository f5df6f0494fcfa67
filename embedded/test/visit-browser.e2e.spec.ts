import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor, withFakeDevices } from './browser.js';
import { System } from './system.js';
import { enter, hasSaid, hears, SCREEN, seatOf, seesMoving, SELF, takeSmallPictures } from './visit-page.js';

/** As the issue has it, for a network or a page that changed under a call. */
const BACK_WITHIN_MS = 5_000;

describe('a video visit in a real browser', () => {
  let system: System;
  let browser: Browser;
  let url: string;
  let doctor: Person;
  let amina: Person;
  let appointmentId: string;
  let practice: Visitor;
  let patient: Visitor;
  const visitors: Visitor[] = [];

  const visit = async (person?: Person, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await takeSmallPictures(visitor);
    if (person) await signIn(visitor, url, person);
    return visitor;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(withFakeDevices),
    ]);
    const { api } = system;
    url = system.url;
    // The doors open fifteen minutes before: one of the next ten minutes at the latest is free.
    const plan = { minNoticeMinutes: 0 };
    doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan });
    amina = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    const [slot] = await api.slots(doctor.id);
    appointmentId = (await api.book(amina, slot!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
    const body = { appointmentId, paymentMethodId: 'pm_card_visa' };
    await api.expect(201, 'POST', '/payments', { token: amina.token, body });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('begins with agreeing, the check of the devices, and a place in the waiting room', async () => {
    patient = await visit(amina);
    const { page } = patient;
    await page.getByRole('link', { name: 'Rejoindre la consultation avec Dr Leïla Ben Salah' }).first().click();
    await page.getByRole('heading', { name: 'Avant la consultation' }).waitFor();
    await patient.inspect('visite-1-accord');
    await page.getByRole('button', { name: 'J’accepte' }).click();
    await page.getByRole('heading', { name: 'Caméra' }).waitFor();
    await seesMoving(page, 'section video');
    const level = page.getByRole('meter', { name: 'Niveau du micro' });
    await eventually(async () => Number(await level.getAttribute('aria-valuenow')) > 30, {
      timeoutMs: 10_000,
      everyMs: 20,
    });
    await page.getByRole('button', { name: 'Jouer un son' }).click();
    await page.locator('[data-relay]').waitFor();
    await page.getByText(/^Débit : /).waitFor();
    await patient.inspect('visite-2-appareils');
    await page.getByRole('button', { name: 'Entrer dans la salle d’attente' }).click();
    await page.getByRole('heading', { name: 'Salle d’attente' }).waitFor();
    await patient.inspect('visite-3-attente');
  }, 90_000);

  it('shows the doctor who waits, and lets the patient in', async () => {
    practice = await visit(doctor);
    const { page } = practice;
    await page.getByRole('link', { name: 'Faire entrer Amina Gharbi' }).waitFor();
    await practice.inspect('visite-4-tableau-de-bord');
    await page.getByRole('link', { name: 'Faire entrer Amina Gharbi' }).click();
    await enter(practice, 'Rejoindre la consultation');
    await page.getByRole('tab', { name: 'Participants' }).click();
    await page.getByLabel('Message pour la salle d’attente').fill('Cinq minutes de retard');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await patient.page.getByText('Cinq minutes de retard').waitFor();
    await page.getByRole('button', { name: 'Faire entrer Amina Gharbi' }).click();
    await Promise.all([seesMoving(page, seatOf('patient')), seesMoving(patient.page, seatOf('doctor'))]);
    await Promise.all([hears(page, seatOf('patient')), hears(patient.page, seatOf('doctor'))]);
    await hasSaid(page, 'Amina Gharbi est là.');
    await hasSaid(patient.page, 'Le docteur vous fait entrer.');
    await practice.inspect('visite-5-docteur');
    await patient.inspect('visite-6-patient');
  }, 90_000);

  it('is back by itself within five seconds when one side reloads', async () => {
    const begun = performance.now();
    await patient.page.reload({ waitUntil: 'commit' });
    await Promise.all([seesMoving(practice.page, seatOf('patient')), seesMoving(patient.page, seatOf('doctor'))]);
    const ms = performance.now() - begun;
    console.log(`pictures both ways ${Math.round(ms)} ms after a reload`);
    expect(ms).toBeLessThan(BACK_WITHIN_MS);
  }, 60_000);

  it('publishes the camera anew when the system took it', async () => {
    const { page } = patient;
    const track = `document.querySelector('${SELF}').srcObject.getVideoTracks()[0]`;
    const before = await page.evaluate(`${track}.id`);
    // As a phone call does: the track ends, and the page is told.
    await page.evaluate(`(() => { const track = ${track}; track.stop(); track.dispatchEvent(new Event('ended')); })()`);
    await eventually(async () => {
      const now = await page.evaluate(`${track}?.id`).catch(() => before);
      return now !== before && (await page.evaluate(`${track}.readyState === 'live'`)) === true;
    });
    await seesMoving(practice.page, seatOf('patient'), BACK_WITHIN_MS);
  }, 30_000);

  it('mutes with a key, tells both sides, and takes no key for a command while somebody types', async () => {
    const { page } = practice;
    await page.locator('[data-call] h2').focus();
    await page.keyboard.press('m');
    await hasSaid(page, 'Micro coupé.');
    await patient.page.locator('[data-seat=doctor]').getByRole('img', { name: 'Micro coupé' }).waitFor();
    await page.getByRole('tab', { name: 'Note' }).click();
    await page.getByLabel('Note de consultation').fill('');
    await page.getByLabel('Note de consultation').pressSequentially('Toux, mieux que mardi');
    await page.getByText('Brouillon gardé').waitFor();
    await page.getByRole('button', { name: 'Activer le micro' }).click();
    await hasSaid(page, 'Micro activé.');
    await patient.page
      .locator('[data-seat=doctor]')
      .getByRole('img', { name: 'Micro coupé' })
      .waitFor({ state: 'detached' });
    await page.locator('[data-call] h2').focus();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Raccourcis clavier' }).waitFor();
    await practice.inspect('visite-7-raccourcis');
    await page.keyboard.press('Escape');
  }, 60_000);

  it('finds a new way when the network is another one', async () => {
    const { page } = patient;
    // The browser tells the page that the network was away, and the line to the server is cut.
    await patient.context.setOffline(true);
    await patient.context.setOffline(false);
    await seesMoving(practice.page, seatOf('patient'), BACK_WITHIN_MS);
    await seesMoving(page, seatOf('doctor'), BACK_WITHIN_MS);
    await hasSaid(practice.page, 'Connexion avec Amina Gharbi rétablie.');
  }, 30_000);

  it('keeps the doctor’s draft through a reload', async () => {
    const { page } = practice;
    await page.reload();
    await seesMoving(page, seatOf('patient'));
    expect(await page.getByLabel('Note de consultation').inputValue()).toBe('Toux, mieux que mardi');
  }, 30_000);

  it('has the record and the conversation beside the video', async () => {
    const { page } = practice;
    await page.getByRole('button', { name: 'Ajouter au dossier' }).click();
    await page.getByText('Note ajoutée au dossier').waitFor();
    await page.getByRole('tab', { name: 'Dossier' }).click();
    await page.getByRole('tabpanel').getByText('Toux, mieux que mardi').waitFor();
    await practice.inspect('visite-12-dossier');
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByLabel('Votre message').fill('Voici l’ordonnance.');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await patient.page.getByRole('button', { name: 'Ouvrir le panneau' }).click();
    await patient.page.getByRole('tab', { name: 'Messages' }).click();
    await patient.page.getByRole('log').getByText('Voici l’ordonnance.').waitFor();
    await patient.inspect('visite-13-messages');
  }, 60_000);

  it('shows a screen beside the camera, and takes it away again', async () => {
    const { page } = practice;
    await page.getByRole('button', { name: 'Partager l’écran' }).click();
    await seesMoving(patient.page, SCREEN);
    await hasSaid(patient.page, 'Leïla Ben Salah partage son écran.');
    await seesMoving(patient.page, seatOf('doctor'));
    await patient.inspect('visite-8-ecran');
    await page.getByRole('button', { name: 'Arrêter le partage' }).click();
    await patient.page.locator(SCREEN).waitFor({ state: 'detached' });
  }, 60_000);

  it('seats a third by an invitation, with their role, once the doctor lets them in', async () => {
    const { page } = practice;
    await page.getByRole('tab', { name: 'Participants' }).click();
    await page.getByLabel('Son nom').fill('Sami Jlassi');
    await page.getByRole('button', { name: 'Créer le lien' }).click();
    const link = await page.getByLabel('Lien d’invitation').inputValue();
    await practice.inspect('visite-9-invitation');
    const guest = await visit(undefined, { width: 360, height: 740 });
    await guest.page.goto(link);
    await guest.page.getByText('Vous entrez comme : Sami Jlassi, Interprète.').waitFor();
    await guest.inspect('visite-10-invite-360');
    await enter(guest, 'Entrer dans la salle d’attente');
    await page.getByRole('button', { name: 'Faire entrer Sami Jlassi' }).click();
    await Promise.all([
      seesMoving(page, seatOf('interpreter')),
      seesMoving(patient.page, seatOf('interpreter')),
      seesMoving(guest.page, seatOf('doctor')),
      seesMoving(guest.page, seatOf('patient')),
      seesMoving(page, seatOf('patient')),
    ]);
    await practice.inspect('visite-11-a-trois');
    await guest.inspect('visite-12-a-trois-360');
    await guest.page.getByRole('button', { name: 'Quitter' }).click();
    await guest.page.getByText('Vous avez quitté la consultation').waitFor();
    await page.locator(seatOf('interpreter')).waitFor({ state: 'detached' });
    await hasSaid(page, 'Sami Jlassi est parti.');
  }, 90_000);

  it('moves to the newer device once the person says so, on a phone in Arabic and in the dark', async () => {
    const phone = await visit(amina, { width: 360, height: 740, language: 'ar', dark: true });
    await phone.page.goto(`${url}/visit/${appointmentId}`);
    await phone.page.getByRole('heading', { name: 'الكاميرا' }).waitFor();
    await seesMoving(phone.page, 'section video');
    await phone.inspect('visite-13-appareils-arabe-360');
    await phone.page.getByRole('button', { name: 'دخول قاعة الانتظار' }).click();
    await phone.page.getByRole('button', { name: 'المواصلة هنا' }).click();
    await patient.page.getByText('La consultation continue sur un autre appareil').waitFor();
    await Promise.all([seesMoving(phone.page, seatOf('doctor')), seesMoving(practice.page, seatOf('patient'))]);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await phone.inspect('visite-14-appel-arabe-360');
    await phone.page.getByRole('button', { name: 'فتح اللوحة' }).click();
    await phone.inspect('visite-15-panneau-arabe-360');
  }, 90_000);

  it('ends for all in one click of the doctor', async () => {
    await practice.page.getByRole('button', { name: 'Terminer la consultation' }).click();
    await practice.page.getByRole('heading', { name: 'La consultation est terminée' }).waitFor();
    await practice.inspect('visite-16-terminee-docteur');
    await patient.page.getByRole('heading', { name: 'La consultation est terminée' }).waitFor();
    await patient.inspect('visite-17-terminee-patient');
  }, 30_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
