import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import type { Browser } from 'playwright-core';
import { type Api, everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor } from './browser.js';
import { System } from './system.js';

describe('a record that is shared and brought, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let patient: Person;
  const visitors: Visitor[] = [];

  const visitor = async (options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const one = await newVisitor(browser, options);
    visitors.push(one);
    return one;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
    const doctor = await api.publishDoctor({ weekly: everyDay('09:00', '12:00', 30) });
    patient = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    const { token } = doctor;
    const visit = (await api.book(patient, (await api.slots(doctor.id))[12]!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${visit}/accept`, { token });
    const body = { kind: 'allergy', label: 'Pénicilline <b>forte</b>', severity: 'severe', note: 'Œdème' };
    const write = () => api.call('POST', `/patients/${patient.id}/record/entries`, { token, body });
    await eventually(async () => (await write()).status === 201, { timeoutMs: 10_000, everyMs: 200 });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('goes by a link with a passcode to somebody without an account, who names themselves', async () => {
    const owner = await visitor();
    await signIn(owner, system.url, patient);
    const { page } = owner;
    await page.goto(`${system.url}/record/share`);
    await page.getByText('Aucun lien').waitFor();
    await owner.inspect('partage-1-vide');
    await page.getByLabel(/Pour qui ou pour quoi/).fill('Urgences');
    await page.getByLabel(/^Code/).fill('2468');
    await page.getByRole('button', { name: 'Créer le lien' }).click();
    const dialog = page.getByRole('dialog', { name: 'Urgences' });
    await dialog.getByRole('img', { name: 'Code QR du lien' }).waitFor();
    await owner.inspect('partage-2-code');
    const url = await dialog.getByRole('textbox').inputValue();
    await page.keyboard.press('Escape');

    const reader = await visitor({ width: 360, height: 740 });
    await reader.page.goto(url);
    await reader.page.getByLabel('Votre nom ou votre service').fill('Dr Ailleurs');
    await reader.inspect('partage-3-lecteur');
    await reader.page.getByLabel('Code donné par le patient').fill('1111');
    await reader.page.getByRole('button', { name: 'Ouvrir le résumé' }).click();
    await reader.page.getByText('Essais restants : 9').waitFor();
    await reader.page.getByLabel('Code donné par le patient').fill('2468');
    await reader.page.getByRole('button', { name: 'Ouvrir le résumé' }).click();
    await reader.page.getByText('Pénicilline <b>forte</b>').waitFor();
    await reader.page.getByText('sévère').waitFor();
    await reader.inspect('partage-4-résumé');
    expect(await reader.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);

    await page.reload();
    await page.getByText('Ouvertures (1)').click();
    await page.getByText(/Dr Ailleurs/).waitFor();
    await page.getByRole('button', { name: 'Révoquer, Urgences' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Révoquer' }).click();
    await page.getByText(/^Révoqué le/).waitFor();
    await reader.page.reload();
    await reader.page.getByLabel('Votre nom ou votre service').fill('Dr Ailleurs');
    await reader.page.getByLabel('Code donné par le patient').fill('2468');
    await reader.page.getByRole('button', { name: 'Ouvrir le résumé' }).click();
    await reader.page.getByText('Ce lien n’est plus valable').waitFor();
  }, 90_000);

  it('comes from elsewhere only after a look at what would come in', async () => {
    const owner = await visitor();
    await signIn(owner, system.url, patient);
    const { page } = owner;
    await page.goto(`${system.url}/record/share`);
    const code = { text: 'Asthme' };
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: { resourceType: 'Condition', code } }],
    };
    const fileOf = (text: string) => ({ name: 'ips.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    const choose = async (text: string) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: /Fichier FHIR/ }).click();
      await (await chooser).setFiles(fileOf(text));
    };
    await choose('<html>');
    await page.getByText('Ce fichier n’est pas du JSON.').waitFor();
    await choose(JSON.stringify(bundle));
    await page.getByText('Asthme').waitFor();
    await owner.inspect('partage-5-aperçu');
    await page.getByRole('button', { name: 'Importer 1 éléments' }).click();
    await page.getByText('Importé', { exact: true }).waitFor();
    const { items } = await api.expect(200, 'GET', '/patients/me/record?kind=condition', { token: patient.token });
    expect(items[0]).toMatchObject({ label: 'Asthme', provenance: { source: 'Source inconnue' } });
  }, 60_000);

  it('is read from right to left on a phone as well', async () => {
    const owner = await visitor({ language: 'ar', width: 360, height: 740 });
    await signIn(owner, system.url, patient);
    await owner.page.goto(`${system.url}/record/share`);
    await owner.page.getByRole('heading', { name: 'المشاركة برابط' }).waitFor();
    await owner.inspect('partage-6-arabe');
    expect(await owner.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await owner.page.goto(`${system.url}/shl`);
    await owner.page.getByText('هذا الرابط غير كامل').waitFor();
    await owner.inspect('partage-7-sans-lien');
  }, 60_000);

  it('may be asked for by viewers of other origins, and nothing else may', async () => {
    const ask = (method: string, path: string) =>
      fetch(`${system.url}/api/v1${path}`, { method, headers: { origin: 'https://viewer.example' } });
    const allowed = async (method: string, path: string) =>
      (await ask(method, path)).headers.get('access-control-allow-origin');
    expect(await allowed('OPTIONS', '/shl/unknown')).toBe('*');
    expect(await allowed('POST', '/shl/unknown')).toBe('*');
    expect(await allowed('OPTIONS', '/patients/me/record/links')).toBeNull();
    expect(await allowed('GET', '/patients/me/record/links')).toBeNull();
  });

  it('leaves nobody outside and says nothing in the console', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
