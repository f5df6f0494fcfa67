import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDatabase } from '@medflow/servers';
import { eventually, MongoProxy, steppedDown } from '@medflow/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Person } from './api.js';
import { bookAll, eachOnce, eachPaidOnce, newCourse } from './persistence.js';
import { System, temporaryHome } from './system.js';

/** `npm run chaos` asks for more of each. */
const BOOKINGS = Number(process.env.MEDFLOW_CHAOS_BOOKINGS ?? 60);
const KILLS = Number(process.env.MEDFLOW_CHAOS_CRASHES ?? 1);
const BACK_WITHIN_MS = 30_000;
const PATIENTS = 6;
/** What is paid counts as held until scheduling has heard of it: within an outage nobody wants more than three. */
const PAYING_PATIENTS = Math.ceil(BOOKINGS / 3);
/** As long as a replica set takes whose primary was lost without a word. */
const ELECTION_MS = 12_000;

describe('servers that are killed while bookings run', () => {
  let system: System | undefined;
  afterEach(() => system?.discard(), 60_000);

  const open = async (
    env: Record<string, string> = {},
    home?: string,
    { plan = {}, patients: count = PATIENTS }: { plan?: Record<string, unknown>; patients?: number } = {},
  ) => {
    system = await System.start('embedded', { home, env: { MEDFLOW_RATE_LIMITS: 'off', ...env } });
    const { api } = system;
    const [doctor, patients] = [
      await api.publishDoctor({ plan: { autoAccept: true, ...plan } }),
      await api.registerPatients(count),
    ];
    const until = new Date(Date.now() + 59 * 86_400_000).toISOString();
    const slots = (await api.slots(doctor.id, `?to=${until}`)).slice(0, BOOKINGS);
    expect(slots).toHaveLength(BOOKINGS);
    return { api, doctor, patients, slots, url: system.url, home: system.home };
  };
  const output = () => system!.processes[0]!.output;
  const lines = (start: string) =>
    output()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith(start));
  const ready = async (url: string): Promise<number> => (await fetch(`${url}/readyz`)).status;

  it(`keeps every booking although its database is killed (${KILLS} times), and is back by itself`, async () => {
    const { api, doctor, patients, slots, url, home } = await open();
    const course = newCourse();
    const booking = bookAll(api, patients, slots, { course, paceMs: 20 });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await eventually(() => course.booked.length >= (BOOKINGS * kill) / (KILLS + 2), {
        timeoutMs: 60_000,
        everyMs: 5,
      });
      const killedAt = Date.now();
      process.kill(Number(readFileSync(join(home, 'database/secantus.pid'), 'utf8')), 'SIGKILL');
      await eventually(async () => (await ready(url)) === 503, { timeoutMs: 3_000, everyMs: 20 });
      await eventually(async () => (await ready(url)) === 200, { timeoutMs: BACK_WITHIN_MS, everyMs: 50 });
      expect(Date.now() - killedAt).toBeLessThan(BACK_WITHIN_MS);
    }
    await booking;
    expect(Object.keys(course.seen).filter((status) => !['201', '503'].includes(status))).toEqual([]);
    expect(course.withoutRetryAfter).toBe(0);
    expect(course.slowestMs).toBeLessThan(5_000);
    expect(course.booked).toHaveLength(BOOKINGS);
    await eachOnce(api, doctor, patients, course.booked);
    expect(lines('database: the server ended (SIGKILL)')).toHaveLength(KILLS);
    expect(lines('database: back after')).toHaveLength(KILLS);
  }, 240_000);

  it('says 503 at once, to reads and writes alike, for as long as its database cannot be started', async () => {
    const { api, doctor, patients, slots, url, home } = await open();
    // Whatever the server is started for, it finds its data folder taken away.
    const data = join(home, 'database/secantus');
    const program = join(home, 'database/secantus.pid');
    const pid = Number(readFileSync(program, 'utf8'));
    const taken = spawnSync('mv', [data, `${data}.away`]);
    expect(taken.status).toBe(0);
    writeFileSync(data, '');
    process.kill(pid, 'SIGKILL');
    await eventually(async () => (await ready(url)) === 503, { timeoutMs: 3_000, everyMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const patient = patients[0] as Person;
    for (const call of [
      () => api.call('GET', `/doctors/${doctor.id}/slots`),
      () => api.call('GET', '/appointments', { token: patient.token }),
      () => api.book(patient, slots[0]!.id),
    ]) {
      const at = Date.now();
      const { status, headers, body } = await call();
      expect([status, body.code, Number(headers.get('retry-after')) > 0]).toEqual([503, 'service-unavailable', true]);
      expect(Date.now() - at).toBeLessThan(1_000);
    }
    rmSync(data);
    expect(spawnSync('mv', [`${data}.away`, data]).status).toBe(0);
    await eventually(async () => (await ready(url)) === 200, { timeoutMs: BACK_WITHIN_MS, everyMs: 100 });
    expect((await api.book(patient, slots[0]!.id)).status).toBe(201);
  }, 120_000);

  it('goes on booking while its broker is killed, and tells everybody once it is back', async () => {
    const { api, doctor, patients, slots, url, home } = await open({ MEDFLOW_BUS: 'rabbitmq' });
    expect(output()).toContain('bus: RabbitMQ');
    const course = newCourse();
    const booking = bookAll(api, patients, slots, { course, paceMs: 20 });
    await eventually(() => course.booked.length >= BOOKINGS / 3, { timeoutMs: 60_000, everyMs: 5 });
    process.kill(Number(readFileSync(join(home, 'rabbitmq/beam.pid'), 'utf8')), 'SIGKILL');
    await eventually(async () => (await ready(url)) === 503, { timeoutMs: 5_000, everyMs: 20 });
    await booking;
    await eventually(async () => (await ready(url)) === 200, { timeoutMs: BACK_WITHIN_MS, everyMs: 100 });
    // The database was there all the time.
    expect(course.seen).toEqual({ 201: BOOKINGS });
    await eachOnce(api, doctor, patients, course.booked);
    expect([lines('bus: the server ended'), lines('bus: back after')].map(({ length }) => length)).toEqual([1, 1]);
  }, 240_000);

  it(`loses and doubles nothing in an election of ${ELECTION_MS / 1000} s, payments included`, async () => {
    const home = await temporaryHome();
    const own = await findDatabase({
      env: { PATH: process.env.PATH, MEDFLOW_HOME: home },
      folder: join(home, 'database'),
      say: () => undefined,
    });
    const proxy = await MongoProxy.start(own.uri);
    try {
      const { api, doctor, patients, slots, url } = await open({ MONGODB_URI: proxy.uri }, home, {
        plan: { payment: 'at-booking' },
        patients: PAYING_PATIENTS,
      });
      const course = newCourse();
      const booking = bookAll(api, patients, slots, { course, paceMs: 20, pay: true });
      await eventually(() => course.booked.length >= BOOKINGS / 3, { timeoutMs: 60_000, everyMs: 5 });
      Object.assign(proxy, steppedDown);
      proxy.cutAll();
      await eventually(async () => (await ready(url)) === 503, { timeoutMs: 5_000, everyMs: 20 });
      await new Promise((resolve) => setTimeout(resolve, ELECTION_MS));
      expect(course.seen['503']).toBeGreaterThan(0);
      [proxy.hello, proxy.fate] = [(hello) => hello, () => 'pass'];
      await eventually(async () => (await ready(url)) === 200, { timeoutMs: BACK_WITHIN_MS, everyMs: 50 });
      await booking;
      const known = ['201', '503', 'in-progress', '409'];
      expect(Object.keys(course.seen).filter((status) => !known.includes(status))).toEqual([]);
      await eachOnce(api, doctor, patients, course.booked);
      await eachPaidOnce(api, patients, course.booked);
    } finally {
      await system?.stop();
      await proxy.stop();
      await own.stop();
    }
  }, 240_000);

  const mountable = process.getuid?.() === 0 && existsSync('/bin/mount');
  (mountable ? it : it.skip)(
    'goes on after a full disk was emptied, without having died of it',
    async () => {
      const disk = mkdtempSync(join(tmpdir(), 'medflow-disk-'));
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
      if (mounted.status !== 0) {
        console.log(`  no disk of our own to fill here: ${mounted.stderr.toString().trim()}`);
        rmSync(disk, { recursive: true });
        return;
      }
      try {
        const home = join(disk, 'home');
        mkdirSync(home);
        const { api, doctor, patients, slots, url } = await open({}, await temporaryHome(home));
        const writers = await Promise.all(Array.from({ length: 4 }, () => api.register('doctor')));
        const course = newCourse();
        const booking = bookAll(api, patients, slots, { course, paceMs: 3_000 });
        await eventually(() => course.booked.length >= BOOKINGS / 6, { timeoutMs: 60_000, everyMs: 5 });
        fill(disk);
        // What the database set aside for its journal is used up as well, by what is of no interest to anybody.
        const useUp = async (): Promise<boolean> => {
          const biography = 'x'.repeat(4_000);
          await Promise.all(writers.map((writer) => api.completeProfile(writer, { biography }).catch(() => undefined)));
          return (course.seen['503'] ?? 0) > 5;
        };
        await eventually(useUp, { timeoutMs: 60_000, everyMs: 0 });
        expect(await ready(url)).toBe(503);
        // Full for a while: what is started again meanwhile cannot start.
        await new Promise((resolve) => setTimeout(resolve, 15_000));
        const emptiedAt = Date.now();
        rmSync(join(disk, 'filler'));
        await eventually(async () => (await ready(url)) === 200, { timeoutMs: 60_000, everyMs: 200 });
        expect(Date.now() - emptiedAt).toBeLessThan(BACK_WITHIN_MS);
        await booking;
        expect(Object.keys(course.seen).filter((status) => !['201', '503'].includes(status))).toEqual([]);
        await eachOnce(api, doctor, patients, course.booked);
      } finally {
        await system?.stop();
        spawnSync('umount', ['-l', disk]);
      }
    },
    240_000,
  );
});

/** Takes what is free, and goes on taking: whoever frees a little loses it again. */
function fill(disk: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=64k']);
  const { bavail } = statfsSync(disk);
  expect(bavail).toBeLessThan(64);
}
