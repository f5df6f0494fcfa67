import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { everyDay, PASSWORD, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor, withFakeDevices } from './browser.js';
import { Firefox } from './firefox.js';
import { System } from './system.js';
import { enter, hears, seatOf, seesMoving, takeSmallPictures } from './visit-page.js';

const BACK_WITHIN_MS = 5_000;
/** Of pictures that are sent Firefox counts no quality, but what it painted. */
const framesOf = (video: string) => `document.querySelector(${JSON.stringify(video)})?.mozPaintedFrames ?? 0`;

describe('a video visit between Chromium and Firefox', () => {
  let system: System;
  let browser: Browser;
  let firefox: Firefox;
  let doctor: Person;
  let patient: Person;
  let appointmentId: string;
  let practice: Visitor;

  beforeAll(async () => {
    [system, browser, firefox] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } }),
      launch(withFakeDevices),
      Firefox.launch(),
    ]);
    const { api } = system;
    doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } });
    patient = await api.register('patient');
    const [slot] = await api.slots(doctor.id);
    appointmentId = (await api.book(patient, slot!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
  }, 180_000);

  afterAll(async () => {
    await firefox?.close();
    await browser?.close();
    await system?.discard();
  }, 30_000);

  /** Firefox shows what Chromium sends. */
  async function firefoxSeesMoving(timeoutMs = 15_000): Promise<void> {
    const first = await firefox.evaluate<number>(framesOf(seatOf('doctor')));
    await eventually(async () => (await firefox.evaluate<number>(framesOf(seatOf('doctor')))) - first >= 5, {
      timeoutMs,
      everyMs: 100,
    });
  }

  it('is entered from Firefox: agreeing, the check of the devices, the waiting room', async () => {
    await firefox.goto(`${system.url}/sign-in`);
    await firefox.fill('input[type=email]', patient.email);
    await firefox.fill('input[type=password]', PASSWORD);
    await firefox.press('main button[type=submit]');
    // A page that is still on its way elsewhere would call off where it is sent next.
    await eventually(
      () => firefox.evaluate<boolean>(`location.pathname === '/dashboard' && !!document.querySelector('h1')`),
      {
        timeoutMs: 20_000,
      },
    );
    await firefox.goto(`${system.url}/visit/${appointmentId}`);
    await firefox.press('button', 'J’accepte');
    await eventually(async () => (await firefox.evaluate<number>(framesOf('section video'))) > 5, {
      timeoutMs: 20_000,
    });
    await firefox.press('button', 'Entrer dans la salle d’attente');
    await eventually(
      () => firefox.evaluate<boolean>(`document.body.textContent.includes('Quitter la salle d’attente')`),
      {
        timeoutMs: 20_000,
      },
    );
  }, 120_000);

  it('has pictures and sound both ways', async () => {
    practice = await newVisitor(browser);
    await takeSmallPictures(practice);
    await signIn(practice, system.url, doctor);
    await practice.page.goto(`${system.url}/visit/${appointmentId}`);
    await enter(practice, 'Rejoindre la consultation');
    await practice.page.getByRole('tab', { name: 'Participants' }).click();
    await practice.page.getByRole('button', { name: /^Faire entrer/ }).click();
    await Promise.all([seesMoving(practice.page, seatOf('patient'), 15_000), hears(practice.page, seatOf('patient'))]);
    await firefoxSeesMoving();
  }, 90_000);

  it('is back by itself within five seconds when Firefox reloads', async () => {
    await firefox.goto(`${system.url}/visit/${appointmentId}`);
    const begun = performance.now();
    await Promise.all([seesMoving(practice.page, seatOf('patient')), firefoxSeesMoving(BACK_WITHIN_MS)]);
    const ms = performance.now() - begun;
    console.log(`pictures both ways ${Math.round(ms)} ms after a reload`);
    expect(ms).toBeLessThan(BACK_WITHIN_MS);
    expect(practice.complaints).toEqual([]);
  }, 60_000);
});
