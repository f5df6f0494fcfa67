import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { administrator, type Api, everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

/** What a visit leaves behind: what the patient says of it, what the doctor answers, and the figures of both. */
describe('reviews and figures in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let doctor: Person;
  let amina: Person;
  let appointmentId: string;
  const visitors: Visitor[] = [];

  const visit = async (
    person: Person | undefined,
    options: Parameters<typeof newVisitor>[1] = {},
  ): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    if (person) await signIn(visitor, system.url, person);
    return visitor;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([System.start('embedded'), launch()]);
    api = system.api;
    // A visit may be completed from 15 minutes before its start: one of the next ten minutes at the latest is free.
    const plan = { minNoticeMinutes: 0 };
    doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan });
    amina = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    const slots = await api.slots(doctor.id);
    appointmentId = (await api.book(amina, slots[0]!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
    const body = { appointmentId, paymentMethodId: 'pm_card_visa' };
    await api.expect(201, 'POST', '/payments', { token: amina.token, body });
    await api.expect(200, 'POST', `/appointments/${appointmentId}/complete`, { token: doctor.token });
    await api.book(amina, slots[12]!.id);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('is rated from the patient’s dashboard, answered and reported by the doctor, moderated, and public without names', async () => {
    const patient = await visit(amina);
    const { page } = patient;
    await page.getByRole('heading', { name: 'Bonjour Amina' }).waitFor();
    const rateLink = page.getByRole('link', { name: 'Évaluer, Dr Ben Salah' });
    await eventually(
      async () => {
        if (await rateLink.isVisible()) return true;
        await page.reload();
        await page.waitForLoadState('networkidle');
        return rateLink.isVisible();
      },
      { timeoutMs: 20_000, everyMs: 300 },
    );
    await patient.inspect('patient-tableau-de-bord');
    await rateLink.click();
    await page.getByRole('button', { name: 'Publier mon avis' }).click();
    await page.getByText('Choisissez de une à cinq étoiles.').waitFor();
    // With the keyboard, as a group of radio buttons is worked.
    await page.getByRole('radio', { name: /3 étoiles/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Votre commentaire').fill('À l’écoute et ponctuelle.');
    await patient.inspect('patient-evaluer');
    await page.getByRole('button', { name: 'Publier mon avis' }).click();
    await page.getByText('Merci pour votre avis').waitFor();
    await patient.inspect('patient-evalue');
    await page.goto(`${system.url}/appointments`);
    await page.getByRole('link', { name: 'Voir mon avis' }).waitFor();
    expect(await page.getByRole('main').getByRole('link', { name: 'Évaluer' }).count()).toBe(0);
    await page.goto(`${system.url}/appointments/${appointmentId}`);
    await page.getByText('Merci, vous avez donné votre avis.').waitFor();
    await page.getByRole('button', { name: /^Télécharger le reçu/ }).waitFor();
    await patient.inspect('patient-rendez-vous-termine');

    const practice = await visit(doctor);
    await practice.page.getByRole('link', { name: 'Avis', exact: true }).click();
    const review = practice.page.getByRole('article', { name: 'Amina Gharbi, 4 étoiles' });
    await review.waitFor();
    await practice.inspect('docteur-avis');
    await review.getByRole('button', { name: 'Répondre' }).click();
    await practice.page.getByLabel('Votre réponse').fill('Merci de votre confiance.');
    await practice.inspect('docteur-repondre');
    await practice.page.getByRole('dialog').getByRole('button', { name: 'Répondre' }).click();
    await practice.page.getByText('Merci de votre confiance.').waitFor();
    await practice.page.getByLabel('Note', { exact: true }).selectOption('1');
    await practice.page.getByText('Aucun avis ne correspond à ces filtres.').waitFor();
    await practice.page.getByRole('button', { name: 'Effacer les filtres' }).click();
    await review.getByRole('button', { name: 'Signaler' }).click();
    await practice.page.getByLabel('Pourquoi').fill('À vérifier');
    await practice.page.getByRole('dialog').getByRole('button', { name: 'Signaler' }).click();
    await review.getByText('Signalé').waitFor();

    const stranger = await visit(undefined, { width: 360, height: 740 });
    await stranger.page.goto(`${system.url}/doctors/${doctor.id}`);
    await stranger.page.getByText('À l’écoute et ponctuelle.').waitFor();
    await stranger.page.getByText('Merci de votre confiance.').waitFor();
    expect(await stranger.page.getByText('Gharbi').count()).toBe(0);
    await stranger.inspect('public-avis-360');

    const admin = await visit(undefined);
    await admin.page.goto(`${system.url}/sign-in`);
    await admin.page.locator('input[type=email]').fill(administrator.email);
    await admin.page.locator('input[type=password]').fill(administrator.password);
    await admin.page.locator('main button[type=submit]').click();
    await admin.page.getByRole('link', { name: 'Modération' }).click();
    await admin.page.getByText('Signalé : À vérifier').waitFor();
    await admin.inspect('admin-moderation');
    await admin.page.getByRole('button', { name: 'Masquer' }).click();
    await admin.page.getByLabel('Motif').fill('Contenu injurieux');
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Masquer' }).click();
    await admin.page.getByText('Rien à examiner').waitFor();
    await stranger.page.reload();
    await stranger.page.getByRole('heading', { name: 'Avis des patients' }).waitFor();
    await stranger.page.waitForLoadState('networkidle');
    expect(await stranger.page.getByText('À l’écoute et ponctuelle.').count()).toBe(0);
  }, 120_000);

  it('shows the doctor’s day, requests and figures, as charts and as tables, also on a phone in Arabic', async () => {
    const practice = await visit(doctor);
    const { page } = practice;
    await page.getByRole('heading', { name: 'Bonjour Dr Ben Salah' }).waitFor();
    await page.getByRole('heading', { name: '1 demande à traiter' }).waitFor();
    await page.locator('.recharts-surface').first().waitFor();
    await practice.inspect('docteur-tableau-de-bord');
    await page.getByRole('button', { name: 'Voir le tableau' }).first().click();
    await page.getByRole('columnheader', { name: 'Consultations' }).waitFor();
    await page.getByText('3 mois', { exact: true }).click();
    await practice.inspect('docteur-chiffres-tableau');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Télécharger en CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^medflow-\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}\.csv$/);
    await page.getByRole('button', { name: 'Accepter' }).click();
    await page.getByRole('heading', { name: 'Aucune demande à traiter' }).waitFor();

    const phone = await visit(doctor, { width: 360, height: 740, language: 'ar', dark: true });
    await phone.page.locator('.recharts-surface').first().waitFor();
    expect(await phone.page.evaluate('document.documentElement.dir')).toBe('rtl');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await phone.inspect('docteur-tableau-de-bord-arabe-360');
    const patient = await visit(amina, { width: 360, height: 740, language: 'en' });
    await patient.page.getByRole('heading', { name: 'Hello Amina' }).waitFor();
    await patient.page
      .getByText('Nothing to pay.')
      .or(patient.page.getByRole('link', { name: /^Pay/ }).first())
      .first()
      .waitFor();
    expect(await patient.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await patient.inspect('patient-tableau-de-bord-360');
  }, 120_000);

  it('finds patients by their names, and shows all that is between the two', async () => {
    const practice = await visit(doctor);
    const { page } = practice;
    await page.getByRole('navigation').getByRole('link', { name: 'Patients' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Amina Gharbi' });
    await row.getByText('Prochaine visite').waitFor();
    await practice.inspect('docteur-patients');
    const search = page.getByRole('searchbox');
    await search.fill('zz');
    await page.getByRole('heading', { name: 'Aucun patient à ce nom' }).waitFor();
    await practice.inspect('docteur-patients-aucun');
    await search.fill('GHÀR');
    await row.waitFor();
    await page.waitForURL(({ searchParams }) => searchParams.get('q') === 'GHÀR');
    await page.reload();
    expect(await search.inputValue()).toBe('GHÀR');
    await row.getByRole('link', { name: 'Amina Gharbi' }).click();
    await page.getByRole('heading', { name: 'Amina Gharbi', level: 1 }).waitFor();
    await page.getByRole('article', { name: '4 étoiles' }).getByText('À l’écoute et ponctuelle.').waitFor();
    await eventually(async () => (await page.getByRole('article', { name: /^Amina Gharbi, / }).count()) === 2);
    await practice.inspect('docteur-patient');
    await page.getByRole('link', { name: 'Ouvrir le rendez-vous' }).click();
    await page.getByRole('heading', { name: 'Rendez-vous avec Amina Gharbi', level: 1 }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Amina Gharbi' }).click();
    await page.getByRole('heading', { name: 'Amina Gharbi', level: 1 }).waitFor();
    await page.goto(`${system.url}/patients/nobody`);
    await page.getByRole('heading', { name: 'Patient introuvable', level: 1 }).waitFor();
    await practice.inspect('docteur-patient-inconnu');

    const phone = await visit(doctor, { width: 360, height: 740, language: 'ar', dark: true });
    for (const [path, name] of [
      ['/patients', 'docteur-patients-arabe-360'],
      [`/patients/${amina.id}`, 'docteur-patient-arabe-360'],
    ] as const) {
      await phone.page.goto(system.url + path);
      await phone.page.getByText('الزيارة القادمة').first().waitFor();
      expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await phone.inspect(name);
    }
  }, 120_000);

  it('goes by Ctrl-K to a patient, a page or a day, and back to where it was', async () => {
    const practice = await visit(doctor);
    const { page } = practice;
    const palette = page.getByRole('combobox', { name: 'Patient, page ou date' });
    await page.getByRole('heading', { name: 'Bonjour Dr Ben Salah' }).waitFor();
    await page.keyboard.press('Control+k');
    await palette.fill('ami');
    await page.getByRole('option', { name: /^Amina Gharbi/ }).waitFor();
    await practice.inspect('docteur-palette');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Amina Gharbi', level: 1 }).waitFor();

    await page.keyboard.press('Control+k');
    await palette.fill('dispo');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Disponibilités', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await palette.fill('24/12/2026');
    await page.getByRole('option', { name: 'Agenda : jeudi 24 décembre' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('jeudi 24 décembre').waitFor();

    const button = page.getByRole('button', { name: 'Rechercher (Ctrl K)' });
    await button.click();
    await palette.press('ArrowUp');
    const marked = await palette.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${marked}`).innerText()).toBe('Accès d’urgence');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    await eventually(() => button.evaluate((element) => element === element.ownerDocument.activeElement));

    const phone = await visit(doctor, { width: 360, height: 740, language: 'ar' });
    await phone.page.getByRole('button', { name: /بحث/ }).click();
    await phone.page.locator('input[role=combobox]').fill('غدًا');
    await phone.page.getByRole('option', { name: /المفكرة/ }).waitFor();
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await phone.inspect('docteur-palette-arabe-360');
  }, 120_000);

  it('raises no barrier and no complaint anywhere', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
