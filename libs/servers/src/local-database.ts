import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { keptSecret } from './kept-secret.js';
import { admits, DatabaseProbe, withClient } from './mongo-client.js';
import { endLeftover, freePort, type Server, startServer, untilReady } from './processes.js';
import { StartupError } from './startup-error.js';
import { Supervisor } from './supervisor.js';

/** What differs between the database servers that we can start. */
export interface Engine {
  kind: 'mongod' | 'secantus';
  /** As the operator reads it. */
  name: string;
  program: string;
  /** @param access `open` asks nobody for a password: only while the user is made, before anybody is told of the server */
  args(server: { port: number; data: string; folder: string; access: 'open' | 'locked' }): string[];
  /** Further options of connection strings. */
  options: string[];
  stopSignal: NodeJS.Signals;
  /** What it needs each time that it has started. */
  prepare?(client: MongoClient, port: number): Promise<void>;
}

export interface LocalDatabaseOptions {
  env: NodeJS.ProcessEnv;
  folder: string;
  say: (line: string) => void;
  /** Start it again whenever it ends. */
  supervise?: boolean;
}

const USER = 'medflow';
/** UserAlreadyExists, as mongod and SecantusDB number it. */
const EXISTS = 51003;
const READY_MS = 30_000;

/** One server of one engine on a port and a data folder of ours, which lets in whoever knows the kept password. */
class LocalDatabase {
  private readonly data: string;
  readonly logFile: string;
  private readonly pidFile: string;

  constructor(
    private readonly engine: Engine,
    private readonly options: LocalDatabaseOptions,
    private readonly port: number,
    private readonly password: string,
  ) {
    const { folder } = options;
    this.data = join(folder, engine.kind);
    this.logFile = join(folder, `${engine.kind}.log`);
    this.pidFile = join(folder, `${engine.kind}.pid`);
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
  }

  get uri(): string {
    const account = `${USER}:${encodeURIComponent(this.password)}@`;
    return this.uriFor(account, ['authSource=admin']);
  }

  endLeftover(): Promise<void> {
    return endLeftover(this.pidFile, this.data);
  }

  /** @throws AccessDenied when its data know another user, or none */
  async launch(stopping?: AbortSignal): Promise<Server> {
    const server = await this.spawn('locked');
    try {
      const admitted = await untilReady(() => admits(this.uri, 1000), READY_MS, server, stopping);
      if (!admitted) throw new AccessDenied();
      await withClient(this.uri, READY_MS, async (client) => this.engine.prepare?.(client, this.port));
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Makes the user, or gives it the kept password: new data, or those of a version that asked for none. */
  async makeUser(): Promise<void> {
    const server = await this.spawn('open');
    try {
      const uri = this.uriFor('', []);
      await untilReady(() => admits(uri, 1000), READY_MS, server);
      await withClient(uri, READY_MS, async (client) => {
        await this.engine.prepare?.(client, this.port);
        const admin = client.db('admin');
        const secret = { pwd: this.password, roles: [{ role: 'root', db: 'admin' }] };
        await admin.command({ createUser: USER, ...secret }).catch(async (error: { code?: number }) => {
          if (error.code !== EXISTS) throw error;
          await admin.command({ updateUser: USER, ...secret });
        });
      });
    } finally {
      await server.stop();
    }
  }

  private uriFor(account: string, options: string[]): string {
    const all = [...options, 'directConnection=true', ...this.engine.options];
    return `mongodb://${account}127.0.0.1:${this.port}/?${all.join('&')}`;
  }

  private spawn(access: 'open' | 'locked'): Promise<Server> {
    const { program, args, stopSignal } = this.engine;
    const { env, folder } = this.options;
    return startServer({
      program,
      args: args({ port: this.port, data: this.data, folder, access }),
      env,
      pidFile: this.pidFile,
      logFile: this.logFile,
      stopSignal,
    });
  }
}

class AccessDenied extends Error {}

/**
 * Starts the engine on the folder's data. Its port is a free one each time, its password is kept beside the data.
 * @throws StartupError
 */
export async function startLocal(
  engine: Engine,
  options: LocalDatabaseOptions,
): Promise<{ uri: string; stop(): Promise<void> }> {
  const { folder, say, supervise = false } = options;
  const passwordFile = join(folder, 'password');
  const isFirst = !existsSync(passwordFile);
  const database = new LocalDatabase(engine, options, await freePort(), keptSecret(passwordFile));
  const launch = (stopping?: AbortSignal) => database.launch(stopping);
  try {
    await database.endLeftover();
    if (isFirst) await database.makeUser();
    const server = await launch().catch(async (error: unknown) => {
      if (!(error instanceof AccessDenied)) throw error;
      await database.makeUser();
      return launch();
    });
    if (!supervise) return { uri: database.uri, stop: server.stop };
    const probe = new DatabaseProbe(database.uri);
    const { logFile } = database;
    const supervisor = Supervisor.keep({ name: 'database', say, logFile, launch, probe: probe.ask }, server);
    return { uri: database.uri, stop: () => Promise.all([supervisor.stop(), probe.close()]).then(() => undefined) };
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]!.slice(0, 200) || 'the password is not its own';
    throw new StartupError(`${engine.name} did not start (${why}): see ${database.logFile}.`);
  }
}
