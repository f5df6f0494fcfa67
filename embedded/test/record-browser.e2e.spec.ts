import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { administrator, type Api, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { correctedAndWithdrawn, everyKindIsWritten, noteByKeyboard, type Stage } from './record-writing.js';
import { filesGoBothWays } from './record-files.js';
import { System } from './system.js';

/** The medical record, written by the doctor who cares, read by whose it is, and opened by a stranger in an emergency. */
describe('the medical record in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let doctor: Person;
  let stranger: Person;
  let amina: Person;
  const visitors: Visitor[] = [];

  const visit = async (
    person: { email: string; password?: string },
    options: Parameters<typeof newVisitor>[1] = {},
  ) => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await signIn(visitor, system.url, person);
    return visitor;
  };

  const record = (page: Page, path = '') => page.goto(`${system.url}/patients/${amina.id}/record${path}`);
  const entryOf = (page: Page, name: string) => page.getByRole('article', { name, exact: true }).first();
  const fits = ({ page }: Visitor) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
  const write = (body: Record<string, unknown>) =>
    api.expect(201, 'POST', `/patients/${amina.id}/record/entries`, { token: doctor.token, body });
  const entries = async () => (await api.all(`/patients/${amina.id}/record`, doctor)) as Record<string, unknown>[];

  const stage = (): Stage => ({ api, doctor, amina, visit, record, entryOf, entries });

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
    [doctor, stranger, amina] = await Promise.all([
      api.publishDoctor(),
      api.publishDoctor({ account: { firstName: 'Karim', lastName: 'Trabelsi' } }),
      api.register('patient', { firstName: 'Amina', lastName: 'Ben Youssef' }),
    ]);
    const { id } = (await api.book(amina, (await api.slots(doctor.id))[3]!.id)).body;
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    await eventually(
      async () => (await api.call('GET', `/patients/${amina.id}/record`, { token: doctor.token })).status === 200,
      { timeoutMs: 15_000, everyMs: 100 },
    );
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('is empty in words before anything is written, for its patient and for the doctor who cares', async () => {
    const patient = await visit(amina);
    await patient.page.getByRole('link', { name: 'Mon dossier' }).first().click();
    await patient.page.getByRole('heading', { level: 1, name: 'Mon dossier médical' }).waitFor();
    await patient.page.getByText('Aucune allergie n’est notée.').waitFor();
    await patient.page.getByRole('heading', { name: 'Le dossier est encore vide' }).waitFor();
    await patient.page.getByRole('button', { name: 'Vaccins' }).click();
    await patient.page.getByText('Aucun vaccin. Ceux qui ont été faits apparaîtront ici').waitFor();
    await patient.inspect('dossier-01-vide');

    const practice = await visit(doctor);
    const { page } = practice;
    await page.goto(`${system.url}/patients/${amina.id}`);
    await page.getByRole('link', { name: 'Voir le dossier' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dossier de Amina Ben Youssef' }).waitFor();
    await page.getByText('Ce que vous ajoutez apparaîtra ici').waitFor();
    await page.getByRole('link', { name: 'Ajouter', exact: true }).click();
    await page.getByRole('heading', { name: 'Que voulez-vous ajouter ?' }).waitFor();
    await practice.inspect('dossier-02-que-ajouter');
  }, 240_000);

  it('takes every kind from the doctor, tells what lacks at its field, and knows codes by a few letters', async () => {
    await everyKindIsWritten(stage());
  }, 240_000);

  it('takes a note by the keyboard alone, and keeps what was typed through a lost connection and a reload', async () => {
    await noteByKeyboard(stage());
  }, 240_000);

  it('is corrected with a reason, not over what somebody else changed, and withdrawn with another', async () => {
    await correctedAndWithdrawn(stage());
  }, 240_000);

  it('is read by its patient: looked through, page by page, in charts that are tables too, with who opened it', async () => {
    for (const [days, systolic, kilograms] of [
      [40, 152, 81.5],
      [25, 146, 80.2],
      [10, 141, 79],
    ] as const) {
      const at = new Date(Date.now() - days * 86_400_000).toISOString();
      const pressure = { measure: 'blood-pressure', systolic, diastolic: 88, unit: 'mm[Hg]', at };
      await write({ kind: 'vital', label: 'Tension', ...pressure });
      await write({ kind: 'vital', label: 'Poids', measure: 'weight', value: kilograms, unit: 'kg', at });
    }
    for (let count = 1; count <= 8; count += 1) await write({ kind: 'note', label: `Suivi ${count}`, note: 'Stable.' });
    await write({ kind: 'allergy', label: 'Pollen d’olivier', severity: 'mild' });
    await write({ kind: 'allergy', label: 'Œuf', severity: 'moderate' });

    const patient = await visit(amina);
    const { page } = patient;
    await page.goto(`${system.url}/record`);
    const allergies = page.getByRole('region', { name: 'Allergies' });
    await allergies.getByText('Pénicillines').waitFor();
    // The most dangerous first.
    expect(await allergies.getByRole('listitem').first().innerText()).toMatch(/Pénicillines\s*Grave/);
    await page.getByText('20 éléments affichés').waitFor();
    expect(await page.getByRole('link', { name: 'Ajouter', exact: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Actions/ }).count()).toBe(0);
    await patient.inspect('dossier-11-patient');
    await page.getByRole('button', { name: 'Afficher plus' }).click();
    await page.getByText(/^2[1-9] éléments affichés/).waitFor();

    await page.getByRole('searchbox', { name: 'Chercher dans le dossier' }).fill('hyper');
    await page.getByText('1 élément affiché').waitFor();
    await entryOf(page, 'Hypertension artérielle').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('hyper');
    await page.getByRole('searchbox', { name: 'Chercher dans le dossier' }).fill('zzz');
    await page.getByRole('heading', { name: 'Rien ne correspond à cette recherche' }).waitFor();
    await page.getByRole('button', { name: 'Tout montrer' }).click();
    await page.getByRole('button', { name: 'Ordonnances' }).click();
    await entryOf(page, 'Ordonnance').getByText('Amoxicilline').waitFor();

    await page.getByRole('tab', { name: 'Mesures' }).click();
    const pressure = page.getByRole('region', { name: /^Tension artérielle/ });
    await pressure.locator('.recharts-line').nth(1).waitFor();
    await pressure.getByText(/Maximum \(systolique\) : 90 à 140 mmHg/).waitFor();
    await patient.inspect('dossier-12-mesures');
    await pressure.getByRole('button', { name: 'Tableau' }).click();
    expect(await pressure.getByRole('row').count()).toBe(5);
    await pressure.getByRole('cell', { name: '152' }).waitFor();
    await page.getByText(/^Pas encore mesuré : Taille/).waitFor();
    await patient.inspect('dossier-13-mesures-tableau');

    const card = page.getByRole('region', { name: 'Carte d’urgence' });
    await card.getByRole('img', { name: 'Code QR de votre numéro de dossier' }).waitFor();
    expect(await card.getByText(amina.id).count()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect([await card.isVisible(), await allergies.isVisible(), await page.locator('.header').isVisible()]).toEqual([
      true,
      false,
      false,
    ]);
    await page.emulateMedia({ media: 'screen' });

    await page.getByRole('link', { name: 'Qui a ouvert mon dossier ?' }).click();
    await page.getByRole('heading', { level: 1, name: 'Qui a ouvert mon dossier ?' }).waitFor();
    const visited = page.getByRole('article', { name: 'Dr Leïla Ben Salah' }).first();
    await visited.getByText('Ce médecin vous suit.').waitFor();
    await visited.getByText(/^Ajout au dossier/).waitFor();
    await page.getByRole('article', { name: 'Vous', exact: true }).first().waitFor();
    await page.getByLabel('Masquer mes propres lectures').check({ force: true });
    expect(await page.getByRole('article', { name: 'Vous', exact: true }).count()).toBe(0);
    await patient.inspect('dossier-14-qui-a-ouvert');
  }, 240_000);

  it(
    'takes documents with how far they are, and gives them and signed papers back',
    () => filesGoBothWays(stage()),
    120_000,
  );

  it('opens to a stranger in an emergency, to be read only; the patient and an administrator see it', async () => {
    const emergency = await visit(stranger);
    const { page } = emergency;
    await page.getByRole('button', { name: /^KT, Compte de/ }).click();
    await page.getByRole('menuitem', { name: 'Accès d’urgence' }).click();
    await page.getByRole('heading', { level: 1, name: 'Accès d’urgence' }).waitFor();
    await emergency.inspect('dossier-15-numero');
    await page.getByLabel('Numéro de dossier du patient').fill(amina.id);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ce dossier ne vous est pas ouvert' }).waitFor();
    await page.getByRole('button', { name: 'Accès d’urgence' }).click();
    await page.getByText('Écrivez au moins 10 caractères.').waitFor();
    await page.getByLabel('Pourquoi faut-il ouvrir ce dossier ?').fill('Inconsciente aux urgences, sans proche.');
    await emergency.inspect('dossier-16-ferme');
    await page.getByRole('button', { name: 'Accès d’urgence' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ouvrir ce dossier en urgence ?' });
    await dialog.getByText('Inconsciente aux urgences, sans proche.').waitFor();
    await emergency.inspect('dossier-17-confirmer');
    await dialog.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dossier de Amina Ben Youssef' }).waitFor();
    await page.getByText('Accès d’urgence, lecture seule').waitFor();
    await entryOf(page, 'Suivi 8').waitFor();
    expect(await page.getByRole('link', { name: 'Ajouter', exact: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Actions/ }).count()).toBe(0);
    await emergency.inspect('dossier-18-urgence');
    await page.reload();
    await page.getByText(/^Jusqu’au .*Le patient est prévenu/).waitFor();
    await record(page, '/add?kind=note');
    await page.getByText('Ce dossier ne vous est pas ouvert pour y écrire.').waitFor();
    await page.goto(`${system.url}/patients/nobody-at-all/record`);
    await page.getByRole('heading', { level: 1, name: 'Ce dossier ne vous est pas ouvert' }).waitFor();

    const patient = await visit(amina);
    await patient.page.goto(`${system.url}/record/access`);
    const opened = patient.page.getByRole('article', { name: 'Dr Karim Trabelsi' }).first();
    await opened.getByText('Raison donnée : Inconsciente aux urgences, sans proche.').waitFor();
    expect(await opened.getAttribute('data-purpose')).toBe('emergency');
    await patient.inspect('dossier-19-qui-urgence');

    const admin = await visit(administrator);
    await admin.page.getByRole('link', { name: 'Accès d’urgence' }).click();
    const access = admin.page.getByRole('article', { name: /a ouvert le dossier de Amina Ben Youssef/ });
    await access.getByText('Inconsciente aux urgences, sans proche.').waitFor();
    await admin.inspect('dossier-20-administrateur');
    await access.getByRole('button', { name: 'Examiner' }).click();
    const judging = admin.page.getByRole('dialog', { name: 'Cet accès était-il justifié ?' });
    await judging.getByRole('button', { name: 'Enregistrer l’avis' }).click();
    await judging.getByText('Choisissez un avis.').waitFor();
    await judging.getByLabel('Justifié', { exact: true }).check();
    await judging.getByLabel('Commentaire').fill('Confirmé par le service des urgences.');
    await admin.inspect('dossier-21-avis');
    await judging.getByRole('button', { name: 'Enregistrer l’avis' }).click();
    await admin.page.getByRole('heading', { name: 'Aucun accès à examiner' }).waitFor();
    await admin.page.getByText('Examinés').click();
    await access.getByText('Confirmé par le service des urgences.').waitFor();
    await admin.inspect('dossier-22-examines');
  }, 240_000);

  it('is there on a phone, in Arabic and in the dark', async () => {
    const phone = await visit(amina, { width: 360, height: 740 });
    await phone.page.locator('.tab-bar a[href="/record"]').click();
    await entryOf(phone.page, 'Suivi 8').waitFor();
    expect(await fits(phone)).toBe(true);
    await phone.inspect('dossier-30-telephone');
    await phone.page.goto(`${system.url}/record?view=measures`);
    await phone.page.locator('.recharts-line').first().waitFor();
    expect(await fits(phone)).toBe(true);
    await phone.inspect('dossier-31-telephone-mesures');

    const arabic = await visit(amina, { width: 360, height: 740, language: 'ar' });
    for (const [path, heading, name] of [
      ['/record', 'ملفي الطبي', 'dossier-32-arabe'],
      ['/record?view=measures', 'ملفي الطبي', 'dossier-33-arabe-mesures'],
      ['/record/access', 'من فتح ملفي؟', 'dossier-34-arabe-qui'],
    ] as const) {
      await arabic.page.goto(system.url + path);
      await arabic.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await arabic.page.waitForLoadState('networkidle');
      expect(await fits(arabic)).toBe(true);
      await arabic.inspect(name);
    }
    const practice = await visit(doctor, { width: 360, height: 740, language: 'ar' });
    for (const kind of ['prescription', 'vital', 'allergy']) {
      await record(practice.page, `/add?kind=${kind}`);
      await practice.page.getByRole('button', { name: 'إضافة إلى الملف' }).waitFor();
      expect(await fits(practice)).toBe(true);
      await practice.inspect(`dossier-35-arabe-${kind}`);
    }
    const dark = await visit(amina, { dark: true });
    await dark.page.goto(`${system.url}/record`);
    await entryOf(dark.page, 'Suivi 8').waitFor();
    await dark.inspect('dossier-36-sombre');
    await dark.page.goto(`${system.url}/record?view=measures`);
    await dark.page.locator('.recharts-line').first().waitFor();
    await dark.inspect('dossier-37-sombre-mesures');
    await dark.page.goto(`${system.url}/record/access`);
    await dark.page.getByRole('article').first().waitFor();
    await dark.inspect('dossier-38-sombre-qui');
    const open = await visit(doctor, { dark: true });
    await record(open.page);
    await entryOf(open.page, 'Suivi 8').waitFor();
    await open.inspect('dossier-39-sombre-docteur');
  }, 240_000);

  it('leaves nothing of drafts to whoever signs in next', async () => {
    const practice = await visit(doctor);
    const { page } = practice;
    await record(page, '/add?kind=note');
    await page.getByLabel('Texte de la note').fill('À ne lire par personne d’autre.');
    const kept = () => page.evaluate('JSON.stringify(sessionStorage).includes("personne d’autre")');
    expect(await kept()).toBe(true);
    await page.getByRole('button', { name: /^LB, Compte de/ }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.getByRole('link', { name: 'Se connecter' }).first().waitFor();
    expect(await kept()).toBe(false);
  }, 240_000);

  it('leaves nothing in the way of anybody', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
