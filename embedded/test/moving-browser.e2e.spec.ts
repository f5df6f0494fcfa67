import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Api, Person } from './api.js';
import { launch, newVisitor, signIn, slotOnPage, type Visitor } from './browser.js';
import { System } from './system.js';

/** More than the day within which an accepted visit may not be moved, whenever the suite runs. */
const LATER = 40;

describe('an appointment at another time, in a real browser', () => {
  let system: System;
  let browser: Browser;
  let api: Api;
  let doctor: Person;
  let patient: Person;
  let id: string;
  const visitors: Visitor[] = [];

  const visit = async (person: Person, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> => {
    const visitor = await newVisitor(browser, options);
    visitors.push(visitor);
    await signIn(visitor, system.url, person);
    return visitor;
  };
  const read = () => api.expect(200, 'GET', `/appointments/${id}`, { token: patient.token });

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(),
    ]);
    api = system.api;
    [doctor, patient] = await Promise.all([api.publishDoctor(), api.register('patient')]);
    id = (await api.book(patient, (await api.slots(doctor.id))[LATER]!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  /** The last slot of the next days, by keyboard. */
  async function chooseLast({ page }: Visitor): Promise<void> {
    const slot = await slotOnPage(page, (await api.slots(doctor.id)).at(-1)!);
    await slot.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Nouvel horaire/).waitFor();
  }

  it('is moved by its patient, who reads the terms first, and answered anew', async () => {
    const amina = await visit(patient);
    const { page } = amina;
    await page.goto(`${system.url}/appointments/${id}`);
    await page.getByRole('link', { name: 'Déplacer', exact: true }).click();
    await page.getByText(/^Déplacer est gratuit jusqu’au/).waitFor();
    await chooseLast(amina);
    await amina.inspect('deplacer-1-patient');
    await page.getByRole('button', { name: 'Déplacer à cet horaire' }).click();
    await page.waitForURL(`${system.url}/appointments/${id}`);
    await page.getByText('Le docteur n’a pas encore répondu', { exact: false }).waitFor();
    expect(await read()).toMatchObject({ status: 'requested', version: 3 });
    await api.expect(200, 'POST', `/appointments/${id}/accept`, { token: doctor.token });
  }, 60_000);

  it('is proposed by its doctor, and taken by its patient where it is shown', async () => {
    const leila = await visit(doctor);
    await leila.page.goto(`${system.url}/appointments/${id}`);
    await leila.page.getByRole('link', { name: 'Proposer un autre horaire' }).click();
    await chooseLast(leila);
    await leila.page.getByRole('button', { name: 'Proposer cet horaire' }).click();
    await leila.page.getByText(/^Vous avez proposé le/).waitFor();
    await leila.inspect('deplacer-2-propose');
    const { proposal } = await read();

    const amina = await visit(patient, { width: 360, height: 740 });
    await amina.page.goto(`${system.url}/appointments/${id}`);
    await amina.page.getByText(/^Le docteur vous propose un autre horaire/).waitFor();
    await amina.inspect('deplacer-3-reponse');
    await amina.page.getByRole('button', { name: 'Accepter cet horaire' }).click();
    await eventually(async () => (await read()).startsAt === proposal.startsAt, { timeoutMs: 10_000, everyMs: 50 });
    expect(await read()).toMatchObject({ status: 'accepted', endsAt: proposal.endsAt });
    // The other side's open page learns of it by itself.
    await leila.page.getByText(/^Vous avez proposé le/).waitFor({ state: 'detached' });
  }, 60_000);

  it('fits a phone in Arabic', async () => {
    const amina = await visit(patient, { width: 360, height: 740, language: 'ar' });
    await amina.page.goto(`${system.url}/appointments/${id}/move`);
    await amina.page.locator('.slots button').first().waitFor();
    await amina.inspect('deplacer-4-ar');
    expect(await amina.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }, 60_000);

  it('meets no barrier and no complaint of the browser', () => {
    expect(visitors.flatMap(({ barriers, complaints }) => [...barriers, ...complaints])).toEqual([]);
  });
});
