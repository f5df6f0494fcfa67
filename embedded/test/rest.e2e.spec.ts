import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findDatabase } from '@medflow/servers';
import { databaseUri } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { administrator } from './api.js';
import { CountingProxy } from './counting-proxy.js';
import { MainProcess } from './processes.js';
import { System, temporaryHome } from './system.js';

const REST_SECONDS = 30;
const MOST_COMMANDS_A_SECOND = 4;
const MOST_OF_A_CORE = 0.015;
/** A shared machine counts what the processor was interrupted for as well: the least of some windows is what rest needs. */
const WINDOWS = 4;
const TICKS_A_SECOND = 100;

const QUARTER_MS = 15 * 60_000;
/** By then what a passed slot made due is done. */
const AFTER_A_SLOT_MS = 60_000;

/** Slots begin at quarters of an hour: what the directory says of their doctors is due when one passes, whoever is there. */
async function awayFromSlots(): Promise<void> {
  const since = Date.now() % QUARTER_MS;
  if (since < AFTER_A_SLOT_MS) await pause(AFTER_A_SLOT_MS - since);
  const left = QUARTER_MS - since;
  if (left < (REST_SECONDS + 10) * 1_000) await pause(left + AFTER_A_SLOT_MS);
}

/** Seconds of processor that the process has had (Linux). */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

describe('the demonstration, when nobody is there', () => {
  let database: Awaited<ReturnType<typeof findDatabase>>;
  let proxy: CountingProxy;
  let system: System;
  beforeAll(async () => {
    const home = await temporaryHome();
    const quiet = { env: { PATH: process.env.PATH }, say: () => undefined };
    database = await findDatabase({ ...quiet, folder: join(home, 'database') });
    proxy = await CountingProxy.before(database.uri);
    const env = {
      MONGODB_URI: proxy.uri,
      MEDFLOW_RATE_LIMITS: 'off',
      MEDFLOW_ADMIN_EMAIL: administrator.email,
      MEDFLOW_ADMIN_PASSWORD: administrator.password,
    };
    system = await System.start('embedded', { home, env });
    const demo = new MainProcess(['demo'], { MEDFLOW_HOME: home, ...env });
    expect([(await demo.ended).code, demo.errors]).toEqual([0, '']);
  }, 300_000);
  afterAll(async () => {
    await system?.stop();
    await proxy?.close();
    await database?.stop();
    await system?.discard();
  }, 60_000);

  /** Counted beside the proxy. */
  async function lettersWaiting(): Promise<number> {
    const client = await MongoClient.connect(databaseUri(database.uri, 'notifications'));
    const waiting = await client
      .db()
      .collection('mail_queue')
      .countDocuments({ dueAt: { $type: 'date' } });
    await client.close();
    return waiting;
  }

  it(`asks the database at most ${MOST_COMMANDS_A_SECOND} times a second, heartbeats included`, async () => {
    // What follows the last bookings: letters, receipts, ratings in the directory.
    await eventually(
      async () => {
        proxy.reset();
        await pause(5_000);
        return (await lettersWaiting()) === 0 && proxy.total < 5 * MOST_COMMANDS_A_SECOND;
      },
      // Letters to one address leave a minute apart.
      { timeoutMs: 240_000 },
    );
    let least = Infinity;
    for (let window = 1; window <= WINDOWS && least > MOST_OF_A_CORE; window += 1) {
      await awayFromSlots();
      proxy.reset();
      const before = processorSeconds(system.processes[0]!.pid);
      await pause(REST_SECONDS * 1_000);
      const share = (processorSeconds(system.processes[0]!.pid) - before) / REST_SECONDS;
      const perSecond = Object.fromEntries([...proxy.counts].map(([name, count]) => [name, count / REST_SECONDS]));
      console.log(`a second at rest: ${JSON.stringify(perSecond)}, ${(100 * share).toFixed(2)} % of a core`);
      expect(proxy.total / REST_SECONDS).toBeLessThanOrEqual(MOST_COMMANDS_A_SECOND);
      least = Math.min(least, share);
    }
    expect(least).toBeLessThanOrEqual(MOST_OF_A_CORE);
  }, 700_000);

  it('is wide awake all the same', async () => {
    const doctor = await system.api.publishDoctor();
    const patient = await system.api.register('patient');
    const [slot] = await system.api.slots(doctor.id);
    const at = Date.now();
    await system.api.book(patient, slot!.id);
    await eventually(async () => (await system.api.letters(patient.email)).length > 0, { timeoutMs: 10_000 });
    expect(Date.now() - at).toBeLessThan(3_000);
  }, 60_000);
});
