import { type ChildProcess, spawn } from 'node:child_process';
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
const MOST_WAKE_UPS_A_SECOND = 30;
const MOST_OF_A_CORE = 0.015;
/** A shared machine counts what the processor was interrupted for as well: the least of some windows is what rest needs. */
const WINDOWS = 4;
/** Some 30 µs of work where the processor is warm; on some machines, right after sleep, forty times that. */
const NEXT_TO_NOTHING =
  'setInterval(() => JSON.parse(JSON.stringify(Array.from({ length: 200 }, (_, a) => ({ a })))), 50)';
/** So many times next to nothing is still rest, where that alone takes more of a core than the bound. */
const TIMES_NOTHING = 3;
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

/** Seconds of processor that the process has had, and how often its first thread went to sleep (Linux). */
function usage(pid: number) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const switches = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return { seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND, wakeUps: Number(switches![1]) };
}

/** From now to the end of the call's result. */
function usageSince(pid: number) {
  const before = usage(pid);
  return () => {
    const { seconds, wakeUps } = usage(pid);
    return { share: (seconds - before.seconds) / REST_SECONDS, wakeUps: (wakeUps - before.wakeUps) / REST_SECONDS };
  };
}

describe('the demonstration, when nobody is there', () => {
  let database: Awaited<ReturnType<typeof findDatabase>>;
  let proxy: CountingProxy;
  let system: System;
  /** Wakes up twenty times a second and does next to nothing: what the machine takes for that. */
  let sleeper: ChildProcess;
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
    sleeper = spawn(process.execPath, ['-e', NEXT_TO_NOTHING], { stdio: 'ignore' });
  }, 300_000);
  afterAll(async () => {
    sleeper?.kill();
    await system?.stop();
    await proxy?.close();
    await database?.stop();
    await system?.discard();
  }, 60_000);

  /** Letters that wait for their turn, and names that are gone through a second time: counted beside the proxy. */
  async function waiting(): Promise<number> {
    const client = await MongoClient.connect(databaseUri(database.uri, 'notifications'));
    const letters = client.db().collection('mail_queue');
    const names = client.db(client.db().databaseName.replace('notifications', 'scheduling')).collection('renames');
    const counted = await Promise.all([letters.countDocuments({ dueAt: { $type: 'date' } }), names.countDocuments()]);
    await client.close();
    return counted[0] + counted[1];
  }

  it(`asks the database at most ${MOST_COMMANDS_A_SECOND} times a second, heartbeats included`, async () => {
    // What follows the last bookings: letters, receipts, ratings in the directory.
    await eventually(
      async () => {
        proxy.reset();
        await pause(5_000);
        return (await waiting()) === 0 && proxy.total < 5 * MOST_COMMANDS_A_SECOND;
      },
      // Letters to one address leave a minute apart, names are gone through again after one.
      { timeoutMs: 240_000 },
    );
    const shares: number[] = [];
    const bounds: number[] = [];
    for (let window = 1; window <= WINDOWS && !shares.some((share, at) => share <= bounds[at]!); window += 1) {
      await awayFromSlots();
      proxy.reset();
      const [used, sleepers] = [usageSince(system.processes[0]!.pid), usageSince(sleeper.pid!)];
      await pause(REST_SECONDS * 1_000);
      const [{ share, wakeUps }, nothing] = [used(), sleepers()];
      const perSecond = Object.fromEntries([...proxy.counts].map(([name, count]) => [name, count / REST_SECONDS]));
      const percent = [share, nothing.share].map((each) => `${(100 * each).toFixed(2)} %`);
      console.log(
        `a second at rest: ${JSON.stringify(perSecond)}, ${wakeUps.toFixed(1)} times awake, ` +
          `${percent[0]} of a core where next to nothing twenty times takes ${percent[1]}`,
      );
      expect(proxy.total / REST_SECONDS).toBeLessThanOrEqual(MOST_COMMANDS_A_SECOND);
      expect(wakeUps).toBeLessThanOrEqual(MOST_WAKE_UPS_A_SECOND);
      shares.push(share);
      bounds.push(Math.max(MOST_OF_A_CORE, TIMES_NOTHING * nothing.share));
    }
    expect(shares.at(-1)).toBeLessThanOrEqual(bounds.at(-1)!);
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
