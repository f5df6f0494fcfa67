import { join } from 'node:path';
import { findDatabase } from '@medflow/servers';
import { databaseUri } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Api, everyDay, type Person } from './api.js';
import { replay, tellers } from './replay.js';
import { System, temporaryHome } from './system.js';

const soon = { timeoutMs: 30_000, everyMs: 100 };
const card = 'pm_card_visa';

let database: Awaited<ReturnType<typeof findDatabase>>;
let home: string;
let system: System;
let api: Api;
beforeAll(async () => {
  home = await temporaryHome();
  database = await findDatabase({
    env: { PATH: process.env.PATH, MEDFLOW_HOME: home },
    say: () => undefined,
    folder: join(home, 'database'),
  });
  await start();
}, 180_000);
afterAll(async () => {
  await system?.stop();
  await database?.stop();
}, 60_000);

async function start(): Promise<void> {
  system = await System.start('embedded', { home, env: { MONGODB_URI: database.uri } });
  api = system.api;
}

async function forget(...services: string[]): Promise<void> {
  for (const service of services) {
    const client = await MongoClient.connect(databaseUri(database.uri, service), { directConnection: true });
    await client.db().dropDatabase();
    await client.close();
  }
}

const newsOf = async ({ token }: Person): Promise<{ type: string; body: string; readAt: string | null }[]> =>
  (await api.expect(200, 'GET', '/notifications?limit=50', { token })).items;
const paymentOf = async (patient: Person, id: string) =>
  (await api.expect(200, 'GET', `/appointments/${id}`, { token: patient.token })).payment;

describe('feedback, billing and notifications that join a system with a past', () => {
  it('know what they should once it was told again; nobody gets an old letter or pays twice', async () => {
    const doctor = await api.publishDoctor({ weekly: everyDay('00:00', '24:00', 10), plan: { minNoticeMinutes: 0 } });
    const [paying, owing, seen] = await api.registerPatients(3);
    const appointments = new Map<Person, string>();
    const slots = await api.slots(doctor.id);
    for (const [at, patient] of [seen!, paying!, owing!].entries()) {
      const { body } = await api.book(patient, slots[at]!.id);
      appointments.set(patient, body.id);
      await api.expect(200, 'POST', `/appointments/${body.id}/accept`, { token: doctor.token });
    }
    const idOf = (patient: Person) => appointments.get(patient)!;
    await api.expect(200, 'POST', `/appointments/${idOf(seen!)}/complete`, { token: doctor.token });
    const pay = (patient: Person) =>
      api.call('POST', '/payments', {
        token: patient.token,
        body: { appointmentId: idOf(patient), paymentMethodId: card },
      });
    await eventually(async () => (await pay(paying!)).status < 300, soon);
    await eventually(async () => (await paymentOf(paying!, idOf(paying!))).status === 'paid', soon);
    const everybody = [doctor, paying!, owing!, seen!];
    await eventually(async () => (await newsOf(paying!)).some(({ type }) => type === 'payment-captured'), soon);
    const lettersOf = async () =>
      Promise.all(everybody.map(async ({ email }) => (await api.letters(email)).map(({ subject }) => subject)));
    // All that is to come has come.
    let letters = await lettersOf();
    await eventually(async () => {
      const before = letters;
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      letters = await lettersOf();
      return JSON.stringify(letters) === JSON.stringify(before);
    }, soon);
    const asked = await intents();
    expect(asked).toBeGreaterThan(0);

    await system.stop();
    await forget('feedback', 'billing', 'notifications');
    await start();
    expect(await newsOf(paying!)).toEqual([]);
    for (const service of tellers) await replay(system, service);

    const news = await eventually(async () => {
      const items = await newsOf(owing!);
      return items.length > 0 ? items : undefined;
    }, soon);
    expect(news).toEqual([expect.objectContaining({ type: 'appointment-accepted', readAt: expect.any(String) })]);
    expect(news[0]!.body).toContain('Ben Salah');
    const again = await pay(paying!);
    expect([again.status, again.body.code]).toEqual([409, 'already-paid']);
    expect(await intents()).toBe(asked);
    expect((await paymentOf(paying!, idOf(paying!))).status).toBe('paid');
    const rating = { appointmentId: idOf(seen!), stars: 5 };
    await api.expect(201, 'POST', '/feedback', { token: seen!.token, body: rating });
    await eventually(async () => (await pay(owing!)).status < 300, soon);
    await eventually(async () => (await paymentOf(owing!, idOf(owing!))).status === 'paid', soon);

    for (const service of tellers) await replay(system, service);
    expect((await newsOf(owing!)).filter(({ type }) => type === 'appointment-accepted')).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const added = (await lettersOf()).map((subjects, at) => subjects.length - letters[at]!.length);
    // Of the news of the review and of what was paid after all: nothing of the past.
    expect([added[1], added[3]]).toEqual([0, 0]);
    expect(Math.max(added[0]!, added[2]!)).toBeLessThanOrEqual(1);
    for (const service of tellers) expect(await replay(system, service, '--missing')).toBe(0);
  }, 240_000);
});

/** How often the provider was asked to take money. */
async function intents(): Promise<number> {
  const client = await MongoClient.connect(databaseUri(database.uri, 'test_provider'), { directConnection: true });
  const ids = await client
    .db()
    .collection<{ _id: string }>('rows')
    .find({}, { projection: { _id: 1 } })
    .toArray();
  await client.close();
  return ids.filter(({ _id }) => /(^|[^a-z])pi_/.test(String(_id))).length;
}
