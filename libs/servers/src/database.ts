import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, type LocalDatabaseOptions, startLocal } from './local-database.js';
import { admits, withClient } from './mongo-client.js';
import { mongod } from './mongod.js';
import { findProgram } from './processes.js';
import { installSecantus, secantus } from './secantus.js';
import { StartupError } from './startup-error.js';

export interface Database {
  /** With the credentials: never to be printed. */
  uri: string;
  /** What serves it, for the operator to read. */
  engine: 'given' | 'mongod' | 'secantus';
  stop(): Promise<void>;
}

/** Data, binaries, logs and the password of the server that we start lie in `folder`; `say` tells progress, a line at a time. */
export interface DatabaseOptions extends LocalDatabaseOptions {
  /** What pip may install: for suites. */
  requirements?: string;
}

const GIVEN_MS = 5_000;

/**
 * A MongoDB server: the one that `MONGODB_URI` names, else `mongod`, else SecantusDB, started for us on a free port with a
 * password of its own.
 * @throws StartupError
 */
export async function findDatabase(options: DatabaseOptions): Promise<Database> {
  const given = options.env.MONGODB_URI;
  if (given) {
    await checkGiven(given);
    return { uri: given, engine: 'given', stop: async () => undefined };
  }
  const engine = await installDatabase(options);
  const database = await startLocal(engine, options);
  // Data written by one engine means nothing to the other.
  writeFileSync(join(options.folder, 'engine'), engine.kind);
  return { ...database, engine: engine.kind };
}

/** @throws StartupError when it cannot be reached; whether it will do is for the services to say */
async function checkGiven(uri: string): Promise<void> {
  if (await admits(uri, GIVEN_MS).catch(async (error: Error) => refuse(error, await wrongSet(uri)))) return;
  throw new StartupError('The server of MONGODB_URI does not know this user and password: correct them.');
}

function refuse(error: Error, reason: string | undefined): never {
  throw new StartupError(
    reason ??
      `MONGODB_URI cannot be reached (${error.message.split('\n')[0]!.slice(0, 200)}): start that server, correct the address, or unset the variable to use a local database.`,
  );
}

/** A driver that is told a set's name waits in vain for a server of another set, or of none: what that server itself says. */
async function wrongSet(uri: string): Promise<string | undefined> {
  if (!/[?&]replicaSet=/i.test(uri)) return undefined;
  const direct = uri.replace(/([?&])replicaSet=[^&]*/i, '$1directConnection=true');
  try {
    const { setName } = await withClient(direct, GIVEN_MS, (client) => client.db('admin').command({ hello: 1 }));
    const actual = setName
      ? `its set is called ${setName}: correct replicaSet`
      : 'it is a standalone one, which has no transactions: start it with --replSet and run rs.initiate() once';
    return `MONGODB_URI names a replica set to which its server does not belong; ${actual}.`;
  } catch {
    // Several hosts, or nobody there at all.
    return undefined;
  }
}

/** Brings what {@link findDatabase} would start, without starting it. @throws StartupError */
export async function installDatabase(options: DatabaseOptions): Promise<Engine> {
  const { env, folder } = options;
  mkdirSync(folder, { recursive: true });
  const owner = existsSync(join(folder, 'engine')) ? readFileSync(join(folder, 'engine'), 'utf8').trim() : undefined;
  if (owner !== 'secantus') {
    const program = findProgram('mongod', env) ?? (await downloadedMongod(options, owner === 'mongod'));
    if (program) return mongod(program);
    if (owner === 'mongod')
      throw new StartupError(
        `The data in ${folder} was written by mongod, which is not installed any more: install it or set MONGODB_URI.`,
      );
  }
  return secantus(await installSecantus(options));
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
