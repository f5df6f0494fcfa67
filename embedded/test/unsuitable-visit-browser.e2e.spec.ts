import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor, withFakeDevices } from './browser.js';
import { System } from './system.js';
import { enter, hasSaid, takeSmallPictures } from './visit-page.js';

/** What `GET /rules` says where the doctor is to judge whether video suits. */
const judged = {
  country: 'TN',
  rules: [
    { id: 'video-where-suitable', sentence: 'Le médecin juge si la vidéo convient.', source: { title: 'Décret' } },
  ],
  feeRanges: [],
};
const RECORDS = '**/api/v1/patients/*/record/entries';
const REASON = 'Douleur thoracique, à examiner au cabinet';

describe('a visit that its doctor judges unsuitable by video, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  let amina: Person;
  let appointmentId: string;
  let paymentId: string;
  let practice: Visitor;
  let patient: Visitor;
  let dialog: Locator;

  const visit = async (person: Person, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    await takeSmallPictures(visitor);
    await signIn(visitor, system.url, person);
    return visitor;
  };
  const read = (path: string, { token }: Person) => system.api.expect(200, 'GET', path, { token });

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(withFakeDevices),
    ]);
    const { api } = system;
    // The doors open fifteen minutes before: one of the next ten minutes at the latest is free.
    doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } });
    amina = await api.register('patient', { firstName: 'Amina', lastName: 'Gharbi' });
    const [slot] = await api.slots(doctor.id);
    appointmentId = (await api.book(amina, slot!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
    const body = { appointmentId, paymentMethodId: 'pm_card_visa' };
    paymentId = (await api.expect(201, 'POST', '/payments', { token: amina.token, body })).id;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('is offered to its doctor where the country asks for that, and nowhere else', async () => {
    practice = await visit(doctor, { width: 360, height: 740 });
    const { page } = practice;
    await page.goto(`${system.url}/visit/${appointmentId}`);
    await enter(practice, 'Rejoindre la consultation');
    await page.getByRole('button', { name: 'Terminer la consultation' }).waitFor();
    await page.waitForLoadState('networkidle');
    const control = page.getByRole('button', { name: 'La vidéo ne convient pas' });
    expect(await control.count()).toBe(0);
    await page.route('**/api/v1/rules', (route) => route.fulfill({ json: judged }));
    await page.reload();
    await control.waitFor();
    await practice.inspect('inadaptee-1-docteur-360');
    await control.click();
    dialog = page.getByRole('dialog', { name: 'La vidéo ne convient pas ?' });
    await dialog.waitFor();
  }, 60_000);

  it('goes on, with nothing lost, while its doctor has given no reason or the reason is not in the record', async () => {
    const { page } = practice;
    const confirm = dialog.getByRole('button', { name: 'Terminer la consultation' });
    await confirm.click();
    await dialog.getByText('Ce champ est obligatoire').waitFor();
    await dialog.getByLabel('Motif').fill(REASON);
    await page.route(RECORDS, (route) => route.fulfill({ status: 503, json: { code: 'unavailable', status: 503 } }));
    await confirm.click();
    await dialog.getByRole('alert').waitFor();
    await practice.inspect('inadaptee-2-erreur-360');
    expect(await dialog.getByLabel('Motif').inputValue()).toBe(REASON);
    expect((await read(`/consultations/${appointmentId}`, doctor)).state).toBe('waiting');
    await page.unroute(RECORDS);
  }, 60_000);

  it('is ended by one click then, which both are told, and the reason is in the record', async () => {
    patient = await visit(amina);
    const { page } = patient;
    await page.goto(`${system.url}/visit/${appointmentId}`);
    await page.getByRole('button', { name: 'J’accepte' }).click();
    await enter(patient, 'Entrer dans la salle d’attente');
    await page.getByRole('heading', { name: 'Salle d’attente' }).waitFor();
    await dialog.getByRole('button', { name: 'Terminer la consultation' }).click();
    for (const [visitor, text] of [
      [practice, 'Vous avez jugé que la vidéo ne convient pas'],
      [patient, 'Le docteur a jugé que la vidéo ne convient pas à votre situation'],
    ] as const) {
      await visitor.page.locator('h2:focus', { hasText: 'La vidéo ne convient pas' }).waitFor();
      await hasSaid(visitor.page, text);
    }
    await practice.inspect('inadaptee-3-docteur-360');
    await patient.inspect('inadaptee-4-patient');
    const { items } = await read(`/patients/${amina.id}/record`, amina);
    expect(items.map((entry: { label: string; note: string }) => [entry.label, entry.note])).toEqual([
      ['Téléconsultation non adaptée', REASON],
    ]);
  }, 60_000);

  it('costs nothing, and its patient is led to the practice', async () => {
    await eventually(async () => (await read(`/payments/${paymentId}`, amina)).status === 'refunded', {
      timeoutMs: 15_000,
    });
    const { page } = patient;
    await page.getByRole('link', { name: 'Voir le rendez-vous' }).last().click();
    const next = page.getByRole('region', { name: 'Prochaine étape' });
    await next.getByText('rien ne vous est facturé').waitFor();
    await patient.inspect('inadaptee-5-rendez-vous');
    await next.getByRole('link', { name: 'Prendre rendez-vous au cabinet' }).click();
    await page.waitForURL(`${system.url}/doctors/${doctor.id}?mode=in-person`);
  }, 60_000);

  it('meets no barrier and no complaint of the browser', () => {
    const visitors = [practice, patient];
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
