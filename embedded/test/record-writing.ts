import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Api, Person } from './api.js';
import type { Visitor } from './browser.js';

export interface Stage {
  api: Api;
  doctor: Person;
  /** Whose record it is. */
  amina: Person;
  visit: (person: Person) => Promise<Visitor>;
  /** Opens the record, or a page of it. */
  record: (page: Page, path?: string) => Promise<unknown>;
  entryOf: (page: Page, name: string) => Locator;
  /** As the service has them. */
  entries: () => Promise<Record<string, unknown>[]>;
}

/** A form for each kind, what lacks told at its field, codes by a few letters. */
export async function everyKindIsWritten({ visit, doctor, record, entryOf, entries }: Stage): Promise<void> {
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
}

/** Without a mouse, through a lost connection, a reload and a lost answer. */
export async function noteByKeyboard({ visit, doctor, record, entryOf, entries }: Stage): Promise<void> {
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
}

/** A correction that somebody else was faster than, its versions, and a withdrawal. */
export async function correctedAndWithdrawn({
  visit,
  doctor,
  amina,
  api,
  record,
  entryOf,
  entries,
}: Stage): Promise<void> {
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
}
