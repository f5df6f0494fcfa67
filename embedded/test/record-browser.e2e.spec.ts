import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { administrator, type Api, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

const LONG = 240_000;

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
  const entryOf = (page: Page, name: string | RegExp) => page.getByRole('article', { name, exact: true }).first();
  const fits = ({ page }: Visitor) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
  const write = (body: Record<string, unknown>) =>
    api.expect(201, 'POST', `/patients/${amina.id}/record/entries`, { token: doctor.token, body });
  const entries = async () => (await api.all(`/patients/${amina.id}/record`, doctor)) as Record<string, unknown>[];

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
  }, LONG);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it(
    'is empty in words before anything is written, for its patient and for the doctor who cares',
    async () => {
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
    },
    LONG,
  );

  it(
    'takes every kind from the doctor, tells what lacks at its field, and knows codes by a few letters',
    async () => {
      const practice = await visit(doctor);
      const { page } = practice;
      const add = (kind: string) => record(page, `/add?kind=${kind}`);
      const save = async () => {
        await page.getByRole('button', { name: 'Ajouter au dossier' }).click();
        await page.waitForURL(({ pathname }) => pathname.endsWith('/record'));
      };

      await add('allergy');
      await page.getByRole('button', { name: 'Ajouter au dossier' }).click();
      expect(await page.getByText('Ce champ est obligatoire.').count()).toBe(2);
      await practice.inspect('dossier-03-allergie-manque');
      await page.getByRole('combobox', { name: 'Allergie à' }).fill('penic');
      await page.getByRole('option', { name: 'Pénicillines' }).click();
      await page.getByLabel('Grave').check();
      await save();
      await entryOf(page, 'Pénicillines').getByText('Grave').waitFor();

      await add('condition');
      await page.getByRole('combobox', { name: 'Maladie' }).fill('hypertension arterielle');
      await page.getByRole('option', { name: 'Hypertension artérielle' }).click();
      await page.getByLabel('Depuis quand').fill('03/2019');
      await save();
      await entryOf(page, 'Hypertension artérielle').getByText('Depuis : mars 2019').waitFor();

      await add('antecedent');
      await page.getByRole('combobox', { name: 'Maladie, opération ou fait passé' }).fill('Opération de l’appendicite');
      await save();

      await add('medication');
      await page.getByRole('combobox', { name: 'Médicament' }).fill('Amlodipine');
      await page.getByLabel('Dose').fill('5 mg');
      await page.getByLabel('Combien de fois').fill('1 le matin');
      await page.getByLabel('Dernier jour').fill('2020-01-01');
      await page.getByRole('button', { name: 'Ajouter au dossier' }).click();
      // The service's own words, at the field that they are about.
      await page.getByText('La fin doit suivre le début.').waitFor();
      await practice.inspect('dossier-04-medicament-refus');
      await page.getByLabel('Dernier jour').fill('');
      await save();
      await page.getByRole('region', { name: 'Médicaments pris aujourd’hui' }).getByText('Amlodipine').waitFor();

      await add('immunization');
      await page.getByRole('combobox', { name: 'Vaccin' }).fill('Grippe saisonnière');
      await save();

      await add('certificate');
      await page.getByLabel('Texte du certificat').fill('Repos de trois jours.');
      await save();

      await add('prescription');
      await page.getByRole('group', { name: 'Médicament 1' }).getByRole('combobox').fill('amoxi');
      await page.getByRole('option', { name: 'Amoxicilline', exact: true }).click();
      await page.getByRole('button', { name: 'Ajouter un médicament' }).click();
      await page.getByRole('group', { name: 'Médicament 2' }).getByRole('combobox').fill('Paracétamol');
      await page.keyboard.press('Escape');
      for (const [index, values] of [
        ['1 g', '2 fois par jour', '7'],
        ['500 mg', '3 fois par jour', '5'],
      ].entries()) {
        const group = page.getByRole('group', { name: `Médicament ${index + 1}` });
        await group.getByLabel('Dose').fill(values[0]!);
        await group.getByLabel('Combien de fois').fill(values[1]!);
        await group.getByLabel('Nombre de jours').fill(values[2]!);
      }
      await practice.inspect('dossier-05-ordonnance');
      await save();

      await add('vital');
      await page.getByLabel('Maximum (systolique)').fill('60');
      await page.getByLabel('Minimum (diastolique)').fill('80');
      await page.getByRole('button', { name: 'Ajouter au dossier' }).click();
      await page.getByText('Cette valeur n’est pas possible').waitFor();
      await page.getByLabel('Maximum (systolique)').fill('138');
      await save();
      await entryOf(page, 'Tension artérielle').getByText('138/80 mmHg').waitFor();
      await practice.inspect('dossier-06-docteur');

      const kinds = (await entries()).map(({ kind }) => kind);
      expect(kinds.sort()).toEqual([
        'allergy',
        'antecedent',
        'certificate',
        'condition',
        'immunization',
        'medication',
        'prescription',
        'vital',
      ]);
      const coded = (await entries()).filter(({ code }) => code).map(({ code }) => (code as { code: string }).code);
      expect(coded.sort()).toEqual(['C08CA01', 'I10', 'J01C', 'J07BB']);
    },
    LONG,
  );

  it(
    'takes a note by the keyboard alone, and keeps what was typed through a lost connection and a reload',
    async () => {
      const practice = await visit(doctor);
      const { page } = practice;
      await record(page);
      const link = page.getByRole('link', { name: 'Ajouter', exact: true });
      await link.waitFor();
      const press = async (reached: () => Promise<boolean>) => {
        for (let count = 0; count < 60 && !(await reached()); count += 1) await page.keyboard.press('Tab');
        expect(await reached()).toBe(true);
      };
      const hasFocus = (text: string) => async () =>
        ((await page.evaluate('document.activeElement.textContent')) as string).startsWith(text);
      await page.locator('main').focus();
      await press(hasFocus('Ajouter'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Que voulez-vous ajouter ?' }).waitFor();
      await press(hasFocus('Note'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Ajouter : Note' }).waitFor();
      const within = (label: string) => () =>
        page.getByLabel(label).evaluate((element) => element === element.ownerDocument.activeElement);
      await press(within('Sujet'));
      await page.keyboard.type('Contrôle de la tension');
      await press(within('Texte de la note'));
      await page.keyboard.type('Va bien, revoir dans trois mois.');

      await page.context().setOffline(true);
      await press(hasFocus('Ajouter au dossier'));
      await page.keyboard.press('Enter');
      await page.getByText('Pas de connexion').first().waitFor();
      await page.context().setOffline(false);
      await page.reload();
      await page.getByText('Votre brouillon du').waitFor();
      expect(await page.getByLabel('Texte de la note').inputValue()).toBe('Va bien, revoir dans trois mois.');
      await practice.inspect('dossier-07-brouillon');

      // The first answer is lost on the way back: the same once more adds nothing twice.
      let lost = 0;
      await page.route('**/record/entries', async (route) => {
        if (lost > 0) return route.continue();
        lost += 1;
        await route.fetch();
        await route.abort();
      });
      await press(hasFocus('Ajouter au dossier'));
      await page.keyboard.press('Enter');
      await page.getByText('Pas de connexion').first().waitFor();
      await page.getByRole('button', { name: 'Réessayer' }).first().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(({ pathname }) => pathname.endsWith('/record'));
      await entryOf(page, 'Contrôle de la tension').waitFor();
      expect((await entries()).filter(({ label }) => label === 'Contrôle de la tension')).toHaveLength(1);
      expect(await page.evaluate('Object.keys(sessionStorage).filter((name) => name.includes("draft"))')).toEqual([]);
    },
    LONG,
  );

  it(
    'is corrected with a reason, not over what somebody else changed, and withdrawn with another',
    async () => {
      const practice = await visit(doctor);
      const { page } = practice;
      await record(page);
      await page.getByRole('button', { name: 'Actions : Hypertension artérielle' }).click();
      await page.getByRole('menuitem', { name: 'Corriger' }).click();
      await page.getByRole('heading', { level: 1, name: 'Corriger : Hypertension artérielle' }).waitFor();
      await page.getByLabel('Depuis quand').fill('2018');
      await page.getByRole('button', { name: 'Enregistrer la correction' }).click();
      await page.getByText('Ce champ est obligatoire.').waitFor();
      await page.getByLabel('Pourquoi cette correction ?').fill('Le patient a retrouvé la date.');

      // Meanwhile somebody else corrects it.
      const mine = (await entries()).find(({ kind }) => kind === 'condition')!;
      const path = `/patients/${amina.id}/record/entries/${String(mine.id)}`;
      const body = {
        kind: 'condition',
        label: 'Hypertension artérielle',
        onset: '2017',
        reason: 'Lettre du cardiologue',
      };
      await api.expect(200, 'PUT', path, { token: doctor.token, body, headers: { 'if-match': '"1"' } });
      await page.getByRole('button', { name: 'Enregistrer la correction' }).click();
      await page.getByText('Cet élément a changé entre-temps').waitFor();
      await page.getByText('Lettre du cardiologue').waitFor();
      expect(await page.getByLabel('Depuis quand').inputValue()).toBe('2018');
      await practice.inspect('dossier-08-change-entre-temps');
      await page.getByRole('button', { name: 'Garder ma saisie et la relire' }).click();
      await page.getByText('Votre saisie remplacera la version 2').waitFor();
      await page.getByRole('button', { name: 'Enregistrer la correction' }).click();
      const corrected = entryOf(page, 'Hypertension artérielle');
      await corrected.getByText(/^Corrigé le .* : Le patient a retrouvé la date\.$/).waitFor();
      await corrected.getByRole('button', { name: 'Voir les versions précédentes' }).click();
      await corrected.getByText('Depuis : 2017').waitFor();
      await corrected.getByText('Depuis : mars 2019').waitFor();
      await practice.inspect('dossier-09-versions');

      await page.getByRole('button', { name: 'Actions : Opération de l’appendicite' }).click();
      await page.getByRole('menuitem', { name: 'Retirer' }).click();
      const dialog = page.getByRole('dialog', { name: 'Retirer du dossier ?' });
      await dialog.getByLabel('Pourquoi le retirer ?').fill('C’était un autre patient.');
      await practice.inspect('dossier-10-retirer');
      await dialog.getByRole('button', { name: 'Retirer du dossier' }).click();
      await dialog.waitFor({ state: 'detached' });
      const withdrawn = entryOf(page, 'Opération de l’appendicite');
      await withdrawn.getByText('Retiré', { exact: true }).waitFor();
      await withdrawn.getByText(/C’était un autre patient\.$/).waitFor();
      expect(await page.getByRole('button', { name: 'Actions : Opération de l’appendicite' }).count()).toBe(0);
    },
    LONG,
  );

  it(
    'is read by its patient: looked through, page by page, in charts that are tables too, with who opened it',
    async () => {
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
      for (let count = 1; count <= 8; count += 1)
        await write({ kind: 'note', label: `Suivi ${count}`, note: 'Stable.' });
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
    },
    LONG,
  );

  it(
    'opens to a stranger in an emergency, to be read only; the patient and an administrator see it',
    async () => {
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
    },
    LONG,
  );

  it(
    'is there on a phone, in Arabic and in the dark',
    async () => {
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
    },
    LONG,
  );

  it(
    'leaves nothing of drafts to whoever signs in next',
    async () => {
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
    },
    LONG,
  );

  it('leaves nothing in the way of anybody', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
