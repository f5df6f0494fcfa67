import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Api, Person } from './api.js';
import { appointmentAtItsPage, appointmentPageElsewhere, unpublishedHours } from './appointment-page.js';
import { launch, newVisitor, signIn, slotOnPage, type Visitor } from './browser.js';
import { System } from './system.js';

/** In the second day's hours or after: nothing of it is past or within a day, whenever the suite runs. */
const LATER = 40;

/** What a doctor may not, and what their patients read of it; what a patient may not ask for; and the page of a visit. */
describe('visits in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  const visitors: Visitor[] = [];

  const visit = async (person: Person, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await signIn(visitor, system.url, person);
    return visitor;
  };

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

  /** A visit that is accepted, and paid where the policy gives nothing back. */
  async function paidVisit(doctor: Person, patient: Person, at: number): Promise<string> {
    const booked = await api.book(patient, (await api.slots(doctor.id))[at]!.id);
    const { id } = booked.body;
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    const body = { appointmentId: id, paymentMethodId: 'pm_card_visa' };
    await api.expect(201, 'POST', '/payments', { token: patient.token, body });
    await eventually(
      async () => {
        const { payment } = await api.expect(200, 'GET', `/appointments/${id}`, { token: patient.token });
        return payment.status === 'paid';
      },
      { timeoutMs: 15_000, everyMs: 50 },
    );
    return id;
  }

  it('a refused doctor’s patients are told at once, find another doctor or get all back', async () => {
    const cancellation = { cutoffHours: 720, tiers: [] };
    const [doctor, other, amina] = await Promise.all([
      api.publishDoctor({ plan: { cancellation } }),
      api.publishDoctor({ account: { firstName: 'Karim', lastName: 'Trabelsi' } }),
      api.register('patient', { firstName: 'Amina', lastName: 'Ben Youssef' }),
    ]);
    const id = await paidVisit(doctor, amina, LATER);
    const asked = (await api.book(amina, (await api.slots(doctor.id))[LATER + 4]!.id)).body.id;
    const patient = await visit(amina);
    const { page } = patient;
    await page.goto(`${system.url}/appointments`);
    await page
      .getByRole('article', { name: /Leïla Ben Salah/ })
      .first()
      .waitFor();

    const admin = await api.administrator();
    const reason = { reason: 'Numéro inconnu de l’Ordre' };
    await api.expect(200, 'POST', `/admin/doctors/${doctor.id}/refuse`, { token: admin, body: reason });
    // The open page learns of it by itself; the news that flies in says the same.
    const shown = page.getByRole('main');
    await shown.getByText('Choisissez un autre créneau chez un autre médecin', { exact: false }).waitFor();
    await shown.getByText('ce que vous aviez payé vous est entièrement rendu', { exact: false }).waitFor();
    await patient.inspect('sans-medecin-1-rendez-vous');
    const phone = await visit(amina, { width: 360, height: 740, language: 'ar' });
    await phone.page.goto(`${system.url}/appointments`);
    await phone.page.getByText('ابحث عن طبيب آخر').first().waitFor();
    await phone.inspect('sans-medecin-2-rendez-vous-ar');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

    const accept = await api.call('POST', `/appointments/${asked}/accept`, { token: doctor.token });
    expect([accept.status, accept.body.code]).toEqual([403, 'not-practising']);
    const hours = await api.call('PUT', '/doctors/me/availability', { token: doctor.token, body: {} });
    expect([hours.status, hours.body.code]).toEqual([403, 'not-practising']);
    const { items } = await api.expect(200, 'GET', '/notifications', { token: amina.token });
    const types = items.map(({ type }: { type: string }) => type);
    expect(types).toEqual(expect.arrayContaining(['appointment-doctor-unavailable', 'appointment-cancelled']));

    await page.getByRole('link', { name: 'Trouver un autre médecin' }).first().click();
    await page.getByRole('link', { name: 'Dr Karim Trabelsi', exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?specialization=cardiology&city=Tunis');
    expect(await page.locator(`a[href="/doctors/${doctor.id}"]`).count()).toBe(0);
    expect((await api.slots(other.id)).length).toBeGreaterThan(0);

    await page.goto(`${system.url}/appointments`);
    await page.getByRole('button', { name: 'Annuler et être remboursé' }).click();
    await patient.inspect('sans-medecin-3-annuler');
    await page.getByRole('dialog').getByRole('button', { name: 'Annuler le rendez-vous' }).click();
    const refunded = await eventually(
      async () => {
        const appointment = await api.expect(200, 'GET', `/appointments/${id}`, { token: amina.token });
        return appointment.payment.status === 'refunded' ? appointment : undefined;
      },
      { timeoutMs: 15_000, everyMs: 50 },
    );
    expect(refunded.refund).toEqual({ amount: 60_000, currency: 'TND', percent: 100 });
  }, 180_000);

  it('nothing is paid for a visit that has lost its doctor, and it stands again when the doctor is back', async () => {
    const [doctor, patient] = await Promise.all([api.publishDoctor(), api.register('patient')]);
    const { id } = (await api.book(patient, (await api.slots(doctor.id))[LATER]!.id)).body;
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
    const [admin, payer] = [await api.administrator(), await visit(patient)];
    await payer.page.goto(`${system.url}/appointments/${id}/pay`);
    await payer.page.getByRole('button', { name: /^Payer 60/ }).waitFor();
    const body = { reason: 'Numéro inconnu de l’Ordre' };
    await api.expect(200, 'POST', `/admin/doctors/${doctor.id}/refuse`, { token: admin, body });
    await payer.page.getByText('Votre médecin ne peut plus vous recevoir').first().waitFor();
    await payer.inspect('sans-medecin-4-payer');
    const refused = await api.call('POST', '/payments', {
      token: patient.token,
      body: { appointmentId: id, paymentMethodId: 'pm_card_visa' },
    });
    expect([refused.status, refused.body.code, refused.body.reason]).toEqual([
      409,
      'not-payable',
      'doctor-unavailable',
    ]);
    await api.expect(200, 'POST', `/admin/doctors/${doctor.id}/verify`, { token: admin });
    await payer.page.getByRole('button', { name: /^Payer 60/ }).waitFor();
  }, 120_000);

  it('too many requests without an answer are refused in words', async () => {
    const [doctor, patient] = await Promise.all([api.publishDoctor(), api.register('patient')]);
    for (const at of [0, 1, 2]) await api.book(patient, (await api.slots(doctor.id))[LATER + at]!.id);
    const asking = await visit(patient);
    await asking.page.goto(`${system.url}/doctors/${doctor.id}`);
    await (await slotOnPage(asking.page, (await api.slots(doctor.id))[LATER]!)).click();
    await asking.page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    await asking.page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click();
    await asking.page.getByText('Vous avez déjà 3 demandes sans réponse auprès de Dr Leïla Ben Salah').waitFor();
    await asking.inspect('trop-de-demandes');
    await asking.page.getByRole('main').getByRole('link', { name: 'Mes rendez-vous' }).click();
    await asking.page.getByRole('article').first().waitFor();
  }, 120_000);

  it('has a page for either side, from its booking to its end', async () => {
    await appointmentAtItsPage({ url: system.url, api, visit });
  }, 120_000);

  it('has it on a phone, in Arabic and in the dark too, and says when it cannot be read', async () => {
    await appointmentPageElsewhere({ url: system.url, api, visit });
  }, 120_000);

  it('asks before hours that are not published are left', async () => {
    await unpublishedHours({ url: system.url, api, visit });
  }, 120_000);

  it('leaves nothing in the way of anybody', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
