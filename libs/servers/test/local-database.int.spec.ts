import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import { MongoClient } from 'mongodb';
import { type Database, findDatabase, startServer, StartupError } from '../src/index.js';
import { installSecantus, REQUIREMENTS, secantus } from '../src/secantus.js';

const cache = join(import.meta.dirname, '../../../node_modules/.cache/medflow-test/database');

describe('the database that we start', () => {
  let folder: string;
  const said: string[] = [];
  const running: Database[] = [];
  const say = (line: string) => void said.push(line);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medflow-database-'));
    said.length = 0;
    // Not installed anew each time.
    for (const name of ['venv', 'binaries'])
      if (existsSync(join(cache, name))) symlinkSync(join(cache, name), join(folder, name));
  });
  afterEach(async () => {
    for (const database of running.splice(0)) await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (supervise = false): Promise<Database> => {
    const database = await findDatabase({ env: { PATH: process.env.PATH }, folder, say, supervise });
    running.push(database);
    return database;
  };
  const stop = () => running.pop()!.stop();
  const pid = (): number => {
    const file = readdirSync(folder).find((name) => name.endsWith('.pid'));
    return file ? Number(readFileSync(join(folder, file), 'utf8')) : 0;
  };
  const using = async <T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> => {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2_000 });
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  };
  const notes = (client: MongoClient) => client.db('medflow_test').collection<{ _id: number }>('notes');

  it('asks for a password, which only its user can read and nobody is told', async () => {
    const { uri } = await start();
    const file = join(folder, 'password');
    const password = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(password).toMatch(/^[\w-]{43}$/);
    await using(uri, (client) => notes(client).insertOne({ _id: 1 }));
    const open = new URL(uri);
    open.username = open.password = '';
    open.searchParams.delete('authSource');
    const refused = /requires authentication|Unauthorized|not authorized/i;
    await expect(using(open.href, (client) => notes(client).findOne())).rejects.toThrow(refused);
    open.username = 'medflow';
    open.password = 'guessed';
    await expect(using(open.href, (client) => notes(client).findOne())).rejects.toMatchObject({ code: 18 });
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
    for (const text of [...said, ...logs.map((name) => readFileSync(join(folder, name), 'utf8'))])
      expect(text).not.toContain(password);
    expect(readFileSync(`/proc/${pid()}/cmdline`, 'utf8')).not.toContain(password);
  }, 60_000);

  it('has the same password and data the next time', async () => {
    await using((await start()).uri, (client) => notes(client).insertOne({ _id: 1 }));
    await stop();
    expect(await using((await start()).uri, (client) => notes(client).countDocuments())).toBe(1);
  }, 60_000);

  it('asks for it on data of a version that asked for none', async () => {
    const program = await installSecantus({ env: { PATH: process.env.PATH }, folder, say });
    const { args } = secantus(program);
    const port = 20_000 + (process.pid % 10_000);
    const old = await startServer({
      program,
      args: args({ port, data: join(folder, 'secantus'), folder, access: 'open' }),
      pidFile: join(folder, 'old.pid'),
      logFile: join(folder, 'old.log'),
    });
    await eventually(
      () =>
        using(`mongodb://127.0.0.1:${port}/?directConnection=true`, (client) => notes(client).insertOne({ _id: 7 })),
      { timeoutMs: 20_000, everyMs: 100 },
    );
    await old.stop();
    writeFileSync(join(folder, 'engine'), 'secantus');
    const { uri } = await start();
    expect(await using(uri, (client) => notes(client).findOne())).toEqual({ _id: 7 });
    const open = uri.replace(/\/\/.*@/, '//').replace('authSource=admin&', '');
    await expect(using(open, (client) => notes(client).findOne())).rejects.toThrow(/requires authentication/);
    // A password that was lost, or a start that was killed before the user was made.
    await stop();
    rmSync(join(folder, 'password'));
    expect(await using((await start()).uri, (client) => notes(client).findOne())).toEqual({ _id: 7 });
  }, 60_000);

  it('is started again when it is killed, at the same address, with all that it had acknowledged', async () => {
    const { uri } = await start(true);
    await using(uri, async (client) => {
      let acknowledged = 0;
      let over = false;
      const writing = (async () => {
        for (let id = 1; !over; id += 1) {
          const written = await notes(client)
            .insertOne({ _id: id })
            .catch(() => undefined);
          if (written) acknowledged += 1;
        }
      })();
      await eventually(() => acknowledged > 20);
      process.kill(pid(), 'SIGKILL');
      await eventually(() => said.some((line) => line.startsWith('database: back after')), { timeoutMs: 20_000 });
      over = true;
      await writing;
      expect(await notes(client).countDocuments()).toBeGreaterThanOrEqual(acknowledged);
    });
    const told = said.filter((line) => !line.includes('installing') && !line.includes('looking'));
    expect(told).toEqual([
      'database: the server ended (SIGKILL): starting it again',
      expect.stringMatching(/^database: back after/),
    ]);
  }, 60_000);

  it('is not installed when what the package index gives is not what was tried: the hash tells', async () => {
    rmSync(join(folder, 'venv'), { force: true });
    const requirements = join(folder, 'requirements.txt');
    const forged = readFileSync(REQUIREMENTS, 'utf8').replace(/(--hash=sha256:)[0-9a-f]{8}/g, '$100000000');
    writeFileSync(requirements, forged);
    const installing = installSecantus({ env: { PATH: process.env.PATH }, folder, say, requirements });
    await expect(installing).rejects.toThrow(StartupError);
    await expect(installing).rejects.toThrow(/SHA-256 is another one.*not installed.*MONGODB_URI/);
    expect(existsSync(join(folder, 'venv/bin/secantusd-py'))).toBe(false);
    expect(existsSync(join(folder, 'venv/installed'))).toBe(false);
  }, 120_000);
});
