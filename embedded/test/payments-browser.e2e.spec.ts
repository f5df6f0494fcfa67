import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Api, Person } from './api.js';
import { launch, newVisitor, signIn, slotOnPage, type Visitor } from './browser.js';
import { System } from './system.js';

/** In the second day's hours or after: nothing of it is past or within a day, whenever the suite runs. */
const LATER = 40;
const price = /^Payer 60\sTND$/;

/** Money, from the patient's click to the doctor's income, in a real browser and in test mode. */
describe('money in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  /** Paid when the slot is booked; half is given back from the first day on. */
  let prepaid: Person;
  /** Paid once the doctor has accepted. */
  let later: Person;
  let amina: Person;
  let patient: Visitor;
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
    const cancellation = { cutoffHours: 720, tiers: [{ hoursBefore: 0, refundPercent: 50 }] };
    [prepaid, later, amina] = await Promise.all([
      api.publishDoctor({ plan: { payment: 'at-booking', cancellation } }),
      api.publishDoctor({ account: { firstName: 'Karim', lastName: 'Trabelsi' } }),
      api.register('patient', { firstName: 'Amina', lastName: 'Ben Youssef' }),
    ]);
    patient = await visit(amina);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  /** From the doctor's page to the appointment's payment or confirmation. */
  async function book({ page }: Visitor, doctor: Person, slot: number): Promise<void> {
    await page.goto(`${system.url}/doctors/${doctor.id}`);
    await (await slotOnPage(page, (await api.slots(doctor.id))[slot]!)).click();
    await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    await page.getByRole('button', { name: /^(Confirmer le rendez-vous|Réserver et payer)$/ }).click();
  }

  /** Books with the doctor who is paid afterwards and has it accepted; the patient stands at their appointments. */
  async function accepted({ page }: Visitor, slot: number): Promise<void> {
    await book(patient, later, slot);
    await page.getByRole('heading', { name: 'Demande envoyée' }).waitFor();
    const { items } = await api.expect(200, 'GET', '/appointments?status=requested', { token: later.token });
    await api.expect(200, 'POST', `/appointments/${items[0].id}/accept`, { token: later.token });
    await page.getByRole('main').getByRole('link', { name: 'Mes rendez-vous' }).click();
  }

  const payWith = async ({ page }: Visitor, card: string): Promise<void> => {
    await page.getByRole('button', { name: card, exact: true }).click();
    await page.getByRole('button', { name: price }).click();
  };

  it('holds the slot, tells why a card is declined, takes another, and shows both sides what is paid', async () => {
    const { page } = patient;
    const doctor = await visit(prepaid);
    await doctor.page.getByRole('link', { name: 'Demandes' }).click();
    await doctor.page.getByText('Aucune demande en attente').waitFor();

    await page.goto(`${system.url}/doctors/${prepaid.id}`);
    await (await slotOnPage(page, (await api.slots(prepaid.id))[LATER]!)).click();
    await page.getByRole('button', { name: 'Réserver ce créneau' }).click();
    // Thirty days before it begins is past.
    await page.getByText('Si vous annulez dès maintenant : 50 % remboursés, jusqu’au début.').waitFor();
    await patient.inspect('payer-1-conditions');
    await page.getByRole('button', { name: /^(Confirmer le rendez-vous|Réserver et payer)$/ }).click();
    await page.waitForURL(/\/appointments\/.+\/pay$/);
    await page.getByRole('timer').waitFor();
    await page.getByText('MODE TEST').waitFor();
    await patient.inspect('payer-2-carte');

    await page.getByRole('button', { name: price }).click();
    await page.getByText('Ce numéro de carte n’est pas valable.').waitFor();
    await patient.inspect('payer-3-champs');
    await payWith(patient, 'Provision insuffisante');
    await page.getByText(/La provision de cette carte est insuffisante/).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(price);
    await patient.inspect('payer-4-refusee');

    // Leaving and coming back finds the same slot and the same payment.
    await page.reload();
    await page.getByRole('timer').waitFor();
    await page.getByLabel('Enregistrer cette carte pour la prochaine fois').check();
    await payWith(patient, 'Acceptée');
    await page.getByRole('heading', { name: 'Paiement autorisé' }).waitFor();
    await patient.inspect('payer-5-autorise');

    await doctor.page.getByRole('article', { name: /Amina Ben Youssef/ }).waitFor();
    await doctor.page.getByText('Autorisé', { exact: true }).waitFor();
    await doctor.inspect('payer-6-demande');
    await doctor.page.getByRole('button', { name: 'Accepter' }).click();

    await page.getByRole('navigation').getByRole('link', { name: 'Paiements' }).click();
    await page
      .getByRole('article', { name: /Leïla Ben Salah/ })
      .getByText('Payé', { exact: true })
      .waitFor();
    await patient.inspect('payer-7-historique');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Télécharger le reçu/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^medflow-\d{4}-\d{6}\.pdf$/);

    await doctor.page.getByRole('link', { name: 'Revenus' }).click();
    await doctor.page.getByText('Amina Ben Youssef').waitFor();
    await doctor.inspect('payer-8-revenus');
    const [csv] = await Promise.all([
      doctor.page.waitForEvent('download'),
      doctor.page.getByRole('button', { name: 'Télécharger en CSV' }).click(),
    ]);
    expect(csv.suggestedFilename()).toMatch(/^medflow-.*\.csv$/);
    await doctor.page.getByText('7 jours').click();
    await doctor.page.getByRole('cell', { name: 'Amina Ben Youssef' }).waitFor();
  }, 240_000);

  it('is paid in two clicks with the saved card once the doctor has accepted, whatever the network does', async () => {
    const { page } = patient;
    await accepted(patient, LATER + 4);
    await page.getByRole('link', { name: 'Payer', exact: true }).click();
    await page.getByRole('button', { name: price }).waitFor();
    await page.route('**/api/v1/payments', (route) => route.abort());
    await page.getByRole('button', { name: price }).click();
    await page.getByText('Vous pouvez réessayer : vous ne serez pas débité deux fois.').waitFor();
    await page.unroute('**/api/v1/payments');
    await page.getByRole('button', { name: price }).dblclick();
    await page.getByRole('heading', { name: 'Paiement réussi' }).waitFor();
    await patient.inspect('payer-9-deux-clics');
  }, 120_000);

  it('goes through the bank’s check: refused, then confirmed', async () => {
    const { page } = patient;
    await accepted(patient, LATER + 8);
    await page.getByRole('link', { name: 'Payer', exact: true }).click();
    await page.getByLabel('Une autre carte').check();
    await payWith(patient, '3-D Secure');
    await page.getByRole('dialog').waitFor();
    await patient.inspect('payer-10-banque');
    await page.getByRole('dialog').getByRole('button', { name: 'Refuser' }).click();
    await page.getByText(/La banque n’a pas pu confirmer que c’est bien vous/).waitFor();
    await payWith(patient, '3-D Secure');
    await page.getByRole('dialog').getByRole('button', { name: 'Confirmer le paiement' }).click();
    await page.getByRole('heading', { name: 'Paiement réussi' }).waitFor();
  }, 120_000);

  it('says what goes back before an appointment is cancelled, and gives it back', async () => {
    const { page } = patient;
    await page.getByRole('navigation').getByRole('link', { name: 'Mes rendez-vous' }).click();
    const cancel = async (doctor: string, words: RegExp, shot: string): Promise<void> => {
      const card = page.getByRole('article', { name: new RegExp(doctor) }).first();
      await card.getByRole('button', { name: 'Annuler le rendez-vous' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(words).waitFor();
      await patient.inspect(shot);
      await dialog.getByRole('button', { name: 'Annuler le rendez-vous' }).click();
      await page
        .getByText(/^Rendez-vous annulé/)
        .first()
        .waitFor();
    };
    await cancel('Leïla Ben Salah', /50 %.* 30\sTND/, 'payer-11-annuler-moitie');
    await cancel('Karim Trabelsi', /en totalité.* 60\sTND/, 'payer-12-annuler-tout');
    const back = await eventually(async () => {
      const { items } = await api.expect(200, 'GET', '/payments?status=partly-refunded', { token: amina.token });
      return items[0];
    });
    expect(back.refunded).toEqual({ amount: 30_000, currency: 'TND' });
    await eventually(async () => {
      const { items } = await api.expect(200, 'GET', '/payments?status=refunded', { token: amina.token });
      return items.length === 1 && items[0].refunded.amount === 60_000;
    });
  }, 120_000);

  it('shows a doctor their terms in the patients’ words, and what is wrong with them at its field', async () => {
    const doctor = await visit(later, { width: 360, height: 740, dark: true });
    const { page } = doctor;
    await page.goto(`${system.url}/availability`);
    await page.getByRole('heading', { name: 'Réglages' }).click();
    await page.getByLabel('Moment du paiement').selectOption({ label: 'À la réservation' });
    await page.getByLabel('Annulation gratuite jusqu’à (heures avant)').fill('48');
    await page.getByText('Annulation gratuite jusqu’à 48 heures avant.').waitFor();
    const tier = page.getByRole('group', { name: 'Palier 1' });
    await tier.getByLabel('Jusqu’à (heures avant)').fill('60');
    await page.getByRole('button', { name: 'Publier' }).click();
    await tier.locator('[aria-invalid=true]').waitFor();
    await doctor.inspect('payer-13-regles');
    await tier.getByLabel('Jusqu’à (heures avant)').fill('2');
    await page.getByRole('button', { name: 'Publier' }).click();
    await page.getByText('Disponibilités publiées').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.goto(`${system.url}/income`);
    await page.getByText('Amina Ben Youssef').first().waitFor();
    await doctor.inspect('payer-14-revenus-nuit');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }, 120_000);

  it('keeps, changes and forgets cards', async () => {
    const { page } = patient;
    await page.goto(`${system.url}/payment-methods`);
    await page.getByRole('button', { name: 'Ajouter une carte' }).click();
    await page.getByRole('button', { name: '3-D Secure', exact: true }).click();
    await page.getByRole('button', { name: 'Enregistrer la carte' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirmer le paiement' }).click();
    const added = page.getByRole('article', { name: 'visa 3220' });
    const kept = page.getByRole('article', { name: 'visa 4242' });
    // The newest one, until another is chosen.
    await added.getByText('Par défaut', { exact: true }).waitFor();
    await kept.getByRole('button', { name: 'Choisir par défaut' }).click();
    await kept.getByText('Par défaut', { exact: true }).waitFor();
    await patient.inspect('payer-15-cartes');
    await added.getByRole('button', { name: 'Supprimer' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
    await added.waitFor({ state: 'detached' });
    await kept.waitFor();
  }, 120_000);

  it('is as good in Arabic on a phone', async () => {
    const phone = await visit(amina, { width: 360, height: 740, language: 'ar' });
    const { page } = phone;
    await page.goto(`${system.url}/payment-methods`);
    await page.getByText(/4242/).first().waitFor();
    await phone.inspect('payer-16-cartes-ar');
    await page.goto(`${system.url}/payments`);
    await page.getByText(/60/).first().waitFor();
    await phone.inspect('payer-17-historique-ar');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.goto(`${system.url}/doctors/${prepaid.id}`);
    await (await slotOnPage(page, (await api.slots(prepaid.id))[LATER + 12]!)).click();
    await page.locator('.book button').last().click();
    await page.locator('main form button[type=submit]').click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('radio').last().check();
    await phone.inspect('payer-18-payer-ar');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }, 120_000);

  it('leaves nothing in the way of anybody', () => {
    expect(visitors.flatMap(({ barriers }) => barriers)).toEqual([]);
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

describe('a slot that was not paid in time', () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_HOLD_MINUTES: '0.1' } }),
      launch(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  it('is let go of by itself, and another time is a click away', async () => {
    const { api } = system;
    const doctor = await api.publishDoctor({ plan: { payment: 'at-booking' } });
    const person = await api.register('patient');
    const visitor = await newVisitor(browser);
    await signIn(visitor, system.url, person);
    const { page } = visitor;
    const [slot] = (await api.slots(doctor.id)).slice(LATER);
    const { id } = (await api.book(person, slot!.id)).body;
    await page.goto(`${system.url}/appointments/${id}/pay`);
    await page.getByText('Le temps de paiement est écoulé').waitFor();
    await visitor.inspect('payer-19-ecoule');
    await page.getByRole('link', { name: 'Choisir une autre heure' }).click();
    await page.getByRole('heading', { name: 'Choisir un créneau' }).waitFor();
    expect([...visitor.barriers, ...visitor.complaints]).toEqual([]);
  }, 120_000);
});
