import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { findDatabase, freePort } from '@medflow/servers';
import { eventually, MongoProxy } from '@medflow/testing';
import type { Answer } from './api.js';
import { killAllOn, MainProcess, processesOn } from './processes.js';
import { System, temporaryHome } from './system.js';

const AT_ONCE = 16;

describe('everything killed at once while bookings run', () => {
  let system: System | undefined;
  afterEach(() => system?.discard(), 60_000);

  it('keeps every booking that was answered, each side told of it exactly once', async () => {
    const env = { MEDFLOW_RATE_LIMITS: 'off' };
    system = await System.start('embedded', { env });
    const { home } = system;
    const before = system.api;
    // Nobody may leave so many requests unanswered.
    const doctor = await before.publishDoctor({ plan: { autoAccept: true } });
    const patients = await before.registerPatients(10);
    const slots = (await before.slots(doctor.id, `?to=${new Date(Date.now() + 40 * 86_400_000).toISOString()}`)).slice(
      0,
      200,
    );
    expect(slots).toHaveLength(200);

    const answered: Answer[] = [];
    let broken = 0;
    let killed: Promise<void> | undefined;
    // A few at a time: however slow the machine, many are still to come when the fortieth is answered.
    const waiting = slots.entries();
    const bookAll = async () => {
      for (const [at, slot] of waiting) {
        try {
          answered.push(await before.book(patients[at % patients.length]!, slot.id));
          if (answered.length === 40) killed = system!.kill();
        } catch {
          broken += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, bookAll));
    await killed;
    const booked = answered.filter(({ status }) => status === 201).map(({ body }) => body.id as string);
    // Killed in the middle: some were answered, some never.
    expect(booked.length).toBeGreaterThanOrEqual(40);
    expect(broken).toBeGreaterThan(0);
    expect(processesOn(home)).toEqual([]);

    system = await System.start('embedded', { home, env });
    const { api } = system;
    // The same accounts, passwords and signing keys: tokens from before still hold.
    const kept = (await api.all('/appointments', doctor)).map(({ id }) => id as string);
    expect(kept).toEqual(expect.arrayContaining(booked));
    expect(new Set(kept).size).toBe(kept.length);

    const told = async () => {
      const everyone = await Promise.all([doctor, ...patients].map((person) => api.all('/notifications', person)));
      const news = ({ type, data }: Answer['body']): string => `${type} ${data.appointmentId}`;
      const ofDoctor = everyone[0]!.map(news).sort();
      const ofPatients = everyone.slice(1).flat().map(news).sort();
      return { ofDoctor, ofPatients };
    };
    const facts = ['appointment-requested', 'appointment-accepted'];
    const exactlyOnce = kept.flatMap((id) => facts.map((type) => `${type} ${id}`)).sort();
    const isTold = async () => (await told()).ofPatients.length >= exactlyOnce.length;
    await eventually(isTold, { timeoutMs: 30_000, everyMs: 200 });
    // Whatever would come twice has the time to.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await told()).toEqual({ ofDoctor: exactlyOnce, ofPatients: exactlyOnce });

    // A booking that was answered can be lived with: it can be cancelled, and its time is free again.
    const [first] = booked;
    const { startsAt } = await api.expect(200, 'GET', `/appointments/${first}`, { token: doctor.token });
    await api.expect(200, 'POST', `/appointments/${first}/cancel`, { token: doctor.token, body: {} });
    const until = new Date(Date.now() + 40 * 86_400_000).toISOString();
    expect((await api.slots(doctor.id, `?to=${until}`)).map((slot) => slot.startsAt)).toContain(startsAt);
  }, 180_000);

  it('stops within 10 s of SIGTERM and leaves nothing running', async () => {
    system = await System.start('embedded');
    const { home } = system;
    const doctor = await system.api.publishDoctor();
    const patient = await system.api.register('patient');
    const slots = await system.api.slots(doctor.id);
    const running = slots.slice(0, 20).map((slot) => system!.api.book(patient, slot.id).catch(() => undefined));
    await Promise.race(running);
    expect(processesOn(home).length).toBeGreaterThanOrEqual(2);
    expect(await system.stop()).toBeLessThan(10_000);
    await Promise.all(running);
    expect(await system.processes[0]!.ended).toEqual({ code: 0, signal: null });
    expect(processesOn(home)).toEqual([]);
  }, 120_000);
});

describe('a start that cannot be', () => {
  let home: string | undefined;
  let taken: Server | undefined;
  afterEach(async () => {
    taken?.close();
    if (home) {
      await killAllOn(home);
      rmSync(home, { recursive: true, force: true });
    }
  });

  /** One sentence or two on standard error, exit code 1, nothing left behind. */
  const refused = async (env: Record<string, string>): Promise<string> => {
    const process = new MainProcess(['start'], { MEDFLOW_HOME: home!, MEDFLOW_BUS: 'in-process', ...env });
    expect(await process.ended).toEqual({ code: 1, signal: null });
    expect(process.output).not.toContain('ready');
    expect(process.errors.trim().split('\n')).toHaveLength(1);
    expect(process.errors).not.toMatch(/\bat .*:\d+:\d+/);
    expect(processesOn(env.MEDFLOW_HOME ?? home!)).toEqual([]);
    return process.errors;
  };

  it('says that the port is in use', async () => {
    home = await temporaryHome();
    taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    expect(await refused({ PORT: String(port) })).toMatch(new RegExp(`Port ${port} is in use`));
  }, 60_000);

  it('says that the database cannot be reached', async () => {
    home = await temporaryHome();
    const uri = `mongodb://127.0.0.1:${await freePort()}/?directConnection=true`;
    const said = await refused({ PORT: String(await freePort()), MONGODB_URI: uri });
    expect(said).toMatch(/MONGODB_URI cannot be reached/);
  }, 60_000);

  it('says that the database server is a standalone one, and what to do', async () => {
    home = await temporaryHome();
    const server = await findDatabase({
      env: { PATH: process.env.PATH },
      folder: join(home, 'database'),
      say: () => undefined,
    });
    const proxy = await MongoProxy.start(server.uri);
    proxy.hello = ({ setName: _name, hosts: _hosts, primary: _primary, me: _me, ...standalone }) => standalone;
    const folder = await temporaryHome();
    try {
      const said = await refused({ PORT: String(await freePort()), MONGODB_URI: proxy.uri, MEDFLOW_HOME: folder });
      expect(said).toMatch(/standalone one, which has no transactions: start it with --replSet/);
      expect(said).not.toContain(new URL(server.uri).password);
    } finally {
      await proxy.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it('says that the data folder cannot be written', async () => {
    home = await temporaryHome();
    writeFileSync(join(home, 'file'), '');
    const said = await refused({ PORT: String(await freePort()), MEDFLOW_HOME: join(home, 'file', 'data') });
    expect(said).toMatch(/data folder .* cannot be written \(ENOTDIR\)/);
  }, 60_000);

  it('says that the data folder is in use', async () => {
    const system = await System.start('embedded');
    home = system.home;
    try {
      const second = new MainProcess(['start'], {
        MEDFLOW_HOME: home,
        MEDFLOW_BUS: 'in-process',
        PORT: String(await freePort()),
      });
      expect(await second.ended).toEqual({ code: 1, signal: null });
      expect(second.errors).toMatch(/^MedFlow already runs on .*\n$/);
      expect((await fetch(`${system.url}/api/v1/doctors`)).status).toBe(200);
    } finally {
      await system.stop();
    }
  }, 60_000);
});
