import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { everyDay, type Person } from './api.js';
import { launch, newVisitor, signIn, type Visitor, withFakeDevices } from './browser.js';
import { System } from './system.js';
import { enter, hears, seatOf, seesMoving, takeSmallPictures } from './visit-page.js';

/** A network that lets nothing through but what goes by the relay; the page’s connections are kept to be asked. */
const onlyThroughRelay = ({ context }: Visitor): Promise<unknown> =>
  context.addInitScript(`{
    const Connection = RTCPeerConnection;
    window.connections = [];
    window.RTCPeerConnection = class extends Connection {
      constructor(configuration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
        connections.push(this);
      }
    };
  }`);

/** How its own end of each way in use was found: « relay », « host ». */
const waysOf = ({ page }: Visitor): Promise<string[]> =>
  page.evaluate(`Promise.all(connections.filter(({ connectionState }) => connectionState === 'connected').map(async (one) => {
    const stats = [...(await one.getStats()).values()];
    const pair = stats.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded');
    return stats.find(({ id }) => id === pair?.localCandidateId)?.candidateType;
  }))`);

describe('a video visit where only the relay is let through', () => {
  let system: System;
  let browser: Browser;
  let doctor: Person;
  let patient: Person;
  let appointmentId: string;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_RELAY: 'on' } }),
      launch(withFakeDevices),
    ]);
    const { api } = system;
    doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } });
    patient = await api.register('patient');
    const [slot] = await api.slots(doctor.id);
    appointmentId = (await api.book(patient, slot!.id)).body.id;
    await api.expect(200, 'POST', `/appointments/${appointmentId}/accept`, { token: doctor.token });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await system?.discard();
  }, 30_000);

  const visit = async (person: Person): Promise<Visitor> => {
    const visitor = await newVisitor(browser);
    visitors.push(visitor);
    await takeSmallPictures(visitor);
    await onlyThroughRelay(visitor);
    await signIn(visitor, system.url, person);
    await visitor.page.goto(`${system.url}/visit/${appointmentId}`);
    return visitor;
  };

  it('finds the relay that MedFlow started in the check before it', async () => {
    const { page } = await visit(patient);
    await page.getByRole('button', { name: 'J’accepte' }).click();
    await page.locator('[data-relay=ok]').waitFor();
    await page.getByRole('button', { name: 'Entrer dans la salle d’attente' }).click();
    await page.getByRole('heading', { name: 'Salle d’attente' }).waitFor();
  }, 60_000);

  it('has pictures and sound both ways, all of it through the relay', async () => {
    const practice = await visit(doctor);
    const [waiting] = visitors as [Visitor];
    await enter(practice, 'Rejoindre la consultation');
    await practice.page.getByRole('tab', { name: 'Participants' }).click();
    await practice.page.getByRole('button', { name: /^Faire entrer/ }).click();
    await Promise.all([
      seesMoving(practice.page, seatOf('patient')),
      seesMoving(waiting.page, seatOf('doctor')),
      hears(practice.page, seatOf('patient')),
      hears(waiting.page, seatOf('doctor')),
    ]);
    for (const visitor of visitors)
      await eventually(async () => {
        const ways = await waysOf(visitor);
        return ways.length > 0 && ways.every((way) => way === 'relay');
      });
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 60_000);
});
