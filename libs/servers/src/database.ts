import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { endLeftover, findProgram, freePort, startServer, untilReady } from './processes.js';
import { StartupError } from './startup-error.js';

const run = promisify(execFile);

/** The release that this version was tried with (docs/adr). */
export const SECANTUS_VERSION = '0.7.0b3';

export interface Database {
  uri: string;
  /** What serves it, for the operator to read. */
  engine: 'given' | 'mongod' | 'secantus';
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  env: NodeJS.ProcessEnv;
  /** Data, binaries and logs of the server that we start. */
  folder: string;
  /** Progress, a line at a time. */
  say: (line: string) => void;
}

type Engine = { engine: 'mongod' | 'secantus'; program: string };

/**
 * A MongoDB server: the one that `MONGODB_URI` names, else `mongod`, else SecantusDB, started for us on a free port.
 * @throws StartupError
 */
export async function findDatabase(options: DatabaseOptions): Promise<Database> {
  const given = options.env.MONGODB_URI;
  if (given) {
    await ping(given, 5000).catch((error: Error) => {
      throw new StartupError(
        `MONGODB_URI cannot be reached (${short(error)}): start that server, correct the address, or unset the variable to use a local database.`,
      );
    });
    return { uri: given, engine: 'given', stop: async () => undefined };
  }
  mkdirSync(options.folder, { recursive: true });
  const chosen = await chooseEngine(options);
  const database =
    chosen.engine === 'mongod'
      ? await startMongod(chosen.program, options)
      : await startSecantus(chosen.program, options);
  // Data written by one engine means nothing to the other.
  writeFileSync(join(options.folder, 'engine'), chosen.engine);
  return database;
}

const short = (error: Error): string => error.message.split('\n')[0]!.slice(0, 200);

async function ping(uri: string, timeoutMs: number): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs, connectTimeoutMS: timeoutMs });
  try {
    await client.connect();
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}

async function chooseEngine(options: DatabaseOptions): Promise<Engine> {
  const { env, folder } = options;
  const owner = existsSync(join(folder, 'engine')) ? readFileSync(join(folder, 'engine'), 'utf8').trim() : undefined;
  const mongod = findProgram('mongod', env);
  if (owner !== 'secantus') {
    const program = mongod ?? (await downloadedMongod(options, owner === 'mongod'));
    if (program) return { engine: 'mongod', program };
    if (owner === 'mongod')
      throw new StartupError(
        `The data in ${folder} was written by mongod, which is not installed any more: install it or set MONGODB_URI.`,
      );
  }
  return { engine: 'secantus', program: await installSecantus(options) };
}

/** The binary that mongodb-memory-server downloads, where the network lets it; not asked again once SecantusDB is here. */
async function downloadedMongod({ folder, say }: DatabaseOptions, needed: boolean): Promise<string | undefined> {
  if (!needed && existsSync(join(folder, 'venv'))) return undefined;
  const { MongoBinary } = await import('mongodb-memory-server-core');
  say('database: looking for a MongoDB binary');
  const attempt = MongoBinary.getPath({ version: '7.0.14', downloadDir: join(folder, 'binaries') });
  const tooLong = new Promise<undefined>((resolve) => setTimeout(resolve, 60_000, undefined).unref());
  return Promise.race([attempt, tooLong]).catch(() => undefined);
}

async function startMongod(program: string, { folder, env }: DatabaseOptions): Promise<Database> {
  const data = join(folder, 'mongod');
  mkdirSync(data, { recursive: true });
  const pidFile = join(folder, 'mongod.pid');
  await endLeftover(pidFile, data);
  const port = await freePort();
  const args = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', 'medflow'];
  const server = await startServer({
    program,
    args,
    env,
    pidFile,
    logFile: join(folder, 'mongod.log'),
    stopSignal: 'SIGINT',
  });
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  try {
    await untilReady(() => ping(uri, 1000), 30_000, server);
    await initiate(uri, port);
  } catch (error) {
    await server.stop();
    throw new StartupError(`mongod did not start (${short(error as Error)}): see ${join(folder, 'mongod.log')}.`);
  }
  return { uri, engine: 'mongod', stop: server.stop };
}

/** Makes the server a replica set of one, which transactions need, and waits until it is writable. */
async function initiate(uri: string, port: number): Promise<void> {
  const client = await MongoClient.connect(uri);
  try {
    const admin = client.db('admin');
    const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
    const config = { _id: 'medflow', members };
    await admin.command({ replSetInitiate: config }).catch(async (error: { codeName?: string }) => {
      if (error.codeName !== 'AlreadyInitialized') throw error;
      // The port is another one than last time.
      const { config: present } = (await admin.command({ replSetGetConfig: 1 })) as { config: { version: number } };
      await admin.command({ replSetReconfig: { ...present, members, version: present.version + 1 }, force: true });
    });
    await untilReady(async () => {
      if (!(await admin.command({ hello: 1 })).isWritablePrimary) throw new Error('no primary yet');
    }, 20_000);
  } finally {
    await client.close();
  }
}

async function installSecantus({ folder, say, env }: DatabaseOptions): Promise<string> {
  const venv = join(folder, 'venv');
  const program = join(venv, 'bin', 'secantusd-py');
  const stamp = join(venv, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === SECANTUS_VERSION) return program;
  const python = findProgram('python3', env);
  if (!python)
    throw new StartupError(
      'There is no mongod and no python3 to install a database with: install either, or set MONGODB_URI.',
    );
  say(`database: installing SecantusDB ${SECANTUS_VERSION} (about 10 s, once)`);
  try {
    await run(python, ['-m', 'venv', '--clear', venv], { env });
    await run(
      join(venv, 'bin', 'pip'),
      ['install', '--quiet', '--disable-pip-version-check', `secantusdb==${SECANTUS_VERSION}`],
      { env },
    );
  } catch (error) {
    throw new StartupError(
      `No database could be had: there is no mongod, and SecantusDB could not be installed (${short(error as Error)}). Install mongod or python3-venv, or set MONGODB_URI.`,
    );
  }
  writeFileSync(stamp, SECANTUS_VERSION);
  return program;
}

async function startSecantus(program: string, { folder, env }: DatabaseOptions): Promise<Database> {
  const data = join(folder, 'secantus');
  const pidFile = join(folder, 'secantus.pid');
  await endLeftover(pidFile, data);
  const port = await freePort();
  // Without --sync-on-commit a killed server loses transactions that it had acknowledged.
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--storage-path',
    data,
    '--sync-on-commit',
    '--log-level',
    'WARNING',
  ];
  const server = await startServer({ program, args, env, pidFile, logFile: join(folder, 'secantus.log') });
  // It remembers retryable writes only until it ends, and looks through all of them at every write.
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true&retryWrites=false`;
  try {
    await untilReady(() => ping(uri, 500), 30_000, server);
  } catch (error) {
    await server.stop();
    throw new StartupError(
      `The database did not start (${short(error as Error)}): see ${join(folder, 'secantus.log')}.`,
    );
  }
  return { uri, engine: 'secantus', stop: server.stop };
}
