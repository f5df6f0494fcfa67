import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Api, Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');

/** A doctor and a patient write to each other. */
describe('messages in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let doctor: Person;
  let patient: Person;
  let appointment: string;
  let amina: Visitor;
  let leila: Visitor;
  const visitors: Visitor[] = [];

  const visit = async (person: Person, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    // What is waited for here comes over the bus, to a browser beside six others.
    visitor.page.setDefaultTimeout(45_000);
    await signIn(visitor, system.url, person);
    return visitor;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
    [doctor, patient] = await Promise.all([
      api.publishDoctor(),
      api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' }),
    ]);
    appointment = (await api.book(patient, (await api.slots(doctor.id))[0]!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${appointment}/accept`, { token: doctor.token });
    amina = await visit(patient);
    leila = await visit(doctor);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  const field = (page: Page) => page.getByRole('textbox', { name: /Votre message|رسالتك/ });
  const log = (page: Page) => page.getByRole('log');
  const write = async (page: Page, text: string) => {
    await field(page).fill(text);
    await page.getByRole('button', { name: /^(Envoyer|إرسال)$/ }).click();
  };
  const said = (page: Page, text: string) => log(page).locator('.message', { hasText: text });
  const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
  const conversationId = (page: Page) => new URL(page.url()).pathname.split('/').at(-1)!;

  it('the two talk live, and see what is delivered and read', async () => {
    await amina.page.goto(`${system.url}/messages`);
    await amina.page.getByRole('heading', { name: 'Aucune conversation' }).waitFor();
    await amina.inspect('messages-1-vide');
    await amina.page.goto(`${system.url}/appointments/${appointment}`);
    await amina.page.getByRole('button', { name: 'Écrire un message' }).click();
    await amina.page.waitForURL(/\/messages\/[\w-]+$/);
    await amina.page.getByRole('link', { name: 'Urgence : appelez le 190' }).waitFor();
    await write(amina.page, 'Bonjour docteur, ma toux a repris.');
    await said(amina.page, 'ma toux a repris').getByText('Distribué').waitFor();

    // Wherever the doctor is, a number says that a message waits.
    await leila.page.getByRole('link', { name: 'Messages, 1 non lus' }).waitFor();
    await leila.page.goto(`${system.url}/messages`);
    await leila.page.getByRole('link', { name: 'Amina Gharbi' }).waitFor();
    await leila.inspect('messages-2-liste');
    await leila.page.getByRole('link', { name: 'Amina Gharbi' }).click();
    await said(leila.page, 'ma toux a repris').waitFor();
    await said(amina.page, 'ma toux a repris')
      .getByText(/^Lu à \d\d:\d\d$/)
      .waitFor();
    await leila.page.getByRole('link', { name: 'Messages, 0 non lus' }).waitFor();

    await field(leila.page).pressSequentially('Depuis', { delay: 60 });
    await amina.page.getByText('Dr Leïla Ben Salah écrit…').waitFor();
    await field(leila.page).fill('');
    await write(leila.page, 'Depuis quand ?\nAvez-vous de la fièvre ?');
    await said(amina.page, 'Avez-vous de la fièvre').waitFor();
    await said(leila.page, 'Avez-vous de la fièvre').getByText(/^Lu à/).waitFor();
    await amina.inspect('messages-3-conversation');
    await leila.inspect('messages-4-conversation-medecin');

    await leila.page.goto(`${system.url}/patients/${patient.id}`);
    await leila.page.getByRole('button', { name: 'Écrire un message' }).click();
    await leila.page.waitForURL(new RegExp(`/messages/${conversationId(amina.page)}$`));
  }, 240_000);

  it('a file goes over, is judged by what it holds, and is saved under its name', async () => {
    await amina.page.setViewportSize({ width: 360, height: 740 });
    for (const { page } of [amina, leila]) {
      await page.goto(`${system.url}/messages`);
      await page.getByRole('link', { name: /Amina Gharbi|Dr Leïla Ben Salah/ }).click();
      await log(page).waitFor();
    }
    const choose = (name: string, buffer: Buffer) =>
      amina.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer });
    await choose('analyse.pdf', Buffer.from('MZ program'));
    await amina.page.getByRole('button', { name: 'Envoyer' }).click();
    await amina.page.getByRole('alert').filter({ hasText: 'ni un PDF ni une image' }).waitFor();
    await choose('Analyse de sang.pdf', PDF);
    await amina.page.getByText('Fichier choisi : Analyse de sang.pdf').waitFor();
    await amina.inspect('messages-5-fichier-360');
    await write(amina.page, 'Voici les résultats');
    const link = said(leila.page, 'Voici les résultats').getByRole('button', { name: /Analyse de sang\.pdf/ });
    const [download] = await Promise.all([leila.page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('Analyse de sang.pdf');
    expect(await fits(amina.page)).toBe(true);
    await amina.inspect('messages-6-conversation-360');
    await amina.page.setViewportSize({ width: 1280, height: 900 });
  }, 240_000);

  it('what is written without network goes out once it is back, once; a draft survives a reload', async () => {
    const { page, context } = amina;
    await page.goto(`${system.url}/messages`);
    await page.getByRole('link', { name: 'Dr Leïla Ben Salah' }).click();
    await log(page).waitFor();
    await context.setOffline(true);
    for (const text of ['hors ligne un', 'hors ligne deux']) await write(page, text);
    await said(page, 'hors ligne un').getByText('En attente d’envoi').waitFor();
    await page.getByText('vos messages partiront dès le retour du réseau').waitFor();
    await amina.inspect('messages-7-hors-ligne');
    await write(page, 'à oublier');
    await said(page, 'à oublier').getByRole('button', { name: 'Supprimer' }).click();
    await context.setOffline(false);
    await said(page, 'hors ligne deux')
      .getByText(/Envoyé|Distribué|Lu à/)
      .waitFor();
    expect(await said(page, 'à oublier').count()).toBe(0);
    // The first answer is lost on the way: the same message is sent again.
    let isLost = false;
    await page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST' || isLost) return route.continue();
      isLost = true;
      await route.fetch();
      await route.abort();
    });
    await write(page, 'une seule fois');
    await said(page, 'une seule fois')
      .getByText(/Envoyé|Distribué|Lu à/)
      .waitFor();
    expect(isLost).toBe(true);
    const { items } = await api.expect(200, 'GET', `/conversations/${conversationId(page)}/messages?limit=50`, {
      token: doctor.token,
    });
    const texts = items.map(({ text }: { text: string }) => text);
    for (const once of ['hors ligne un', 'hors ligne deux', 'une seule fois'])
      expect(texts.filter((text: string) => text === once)).toEqual([once]);

    await field(page).fill('un brouillon');
    await page.reload();
    await log(page).waitFor();
    expect(await field(page).inputValue()).toBe('un brouillon');
    expect(await page.evaluate(`localStorage.getItem('medflow.unsent') !== null`)).toBe(true);
    await page.getByRole('button', { name: /Compte de/ }).click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.getByRole('link', { name: 'Se connecter' }).first().waitFor();
    expect(await page.evaluate(`localStorage.getItem('medflow.unsent')`)).toBeNull();
    await signIn(amina, system.url, patient);
  }, 240_000);

  it('what was written is found, and stays readable in Arabic at 360 pixels and in the dark', async () => {
    const arabic = await visit(patient, { width: 360, height: 740, language: 'ar' });
    const { page } = arabic;
    await page.goto(`${system.url}/messages`);
    await page.getByRole('searchbox').fill('resultats');
    const link = page.getByRole('link', { name: /Leïla Ben Salah/ });
    await link.waitFor();
    expect(await fits(page)).toBe(true);
    await arabic.inspect('messages-8-liste-ar-360');
    await link.click();
    await said(page, 'Voici les résultats').waitFor();
    await page.getByRole('searchbox').fill('fievre');
    await eventually(async () => (await log(page).locator('.message').count()) === 1, { timeoutMs: 30_000 });
    await page.getByRole('searchbox').fill('');
    await said(page, 'Voici les résultats').waitFor();
    expect(await fits(page)).toBe(true);
    await arabic.inspect('messages-9-conversation-ar-360');
    const dark = await visit(doctor, { dark: true, width: 360, height: 740 });
    await dark.page.goto(page.url());
    await said(dark.page, 'Voici les résultats').waitFor();
    await dark.inspect('messages-10-conversation-sombre-360');
  }, 240_000);

  it('a doctor says when they answer, and closes a conversation with an answer', async () => {
    await leila.page.goto(`${system.url}/messages`);
    await leila.page.getByRole('button', { name: 'Heures de réponse' }).click();
    const dialog = leila.page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'lundi' }).check();
    await leila.inspect('messages-11-heures');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await leila.page.getByText('Heures de réponse enregistrées').waitFor();
    await leila.page.getByRole('link', { name: 'Amina Gharbi' }).click();
    await leila.page.getByRole('button', { name: 'Fermer la conversation' }).click();
    await leila.page.getByRole('textbox', { name: 'Réponse automatique au patient' }).fill('Absente jusqu’à lundi.');
    await leila.inspect('messages-12-fermer');
    await leila.page.getByRole('button', { name: 'Fermer', exact: true }).click();
    await leila.page.getByRole('button', { name: 'Rouvrir la conversation' }).waitFor();

    await amina.page.goto(leila.page.url());
    await write(amina.page, 'Êtes-vous là ?');
    await said(amina.page, 'Absente jusqu’à lundi.').getByText('Réponse automatique').waitFor();
    await amina.inspect('messages-13-reponse-automatique');

    await api.expect(200, 'POST', `/appointments/${appointment}/cancel`, { token: patient.token, body: {} });
    await eventually(
      async () => {
        await amina.page.reload();
        await log(amina.page).waitFor();
        return (await amina.page.getByText('vous pouvez relire cette conversation').count()) === 1;
      },
      { timeoutMs: 60_000, everyMs: 500 },
    );
    expect(await field(amina.page).count()).toBe(0);
    await amina.inspect('messages-14-suivi-termine');
    await amina.page.goto(`${system.url}/messages/nowhere`);
    await amina.page.getByRole('heading', { name: 'Conversation introuvable' }).first().waitFor();
    await amina.inspect('messages-15-introuvable');
  }, 240_000);

  it('nobody meets a barrier, and no page complains', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
