import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBroker, findDatabase, freePort, installDatabase } from '@medflow/servers';
import { administrator, Api } from './api.js';
import { killAllOn, MainProcess, root } from './processes.js';

/** `embedded`: all in one process, events within it. `processes`: one per service, with RabbitMQ and one database. */
export type Mode = 'embedded' | 'processes';

const cache = join(root, 'node_modules/.cache/medflow-test/database');

/** A data folder of its own in which the database program is not installed anew each time. */
export async function temporaryHome(home = mkdtempSync(join(tmpdir(), 'medflow-e2e-'))): Promise<string> {
  const quiet = { env: { PATH: process.env.PATH }, say: () => undefined };
  await installDatabase({ ...quiet, folder: cache });
  mkdirSync(join(home, 'database'));
  for (const name of ['venv', 'binaries'])
    if (existsSync(join(cache, name))) symlinkSync(join(cache, name), join(home, 'database', name));
  return home;
}

const settings = (home: string, env: Record<string, string>) => ({
  MEDFLOW_HOME: home,
  MEDFLOW_ADMIN_EMAIL: administrator.email,
  MEDFLOW_ADMIN_PASSWORD: administrator.password,
  // Suites that are about something else do without letters and without a relay.
  MEDFLOW_VERIFY_EMAIL: 'off',
  MEDFLOW_RELAY: 'off',
  ...env,
});

interface Parts {
  mode: Mode;
  home: string;
  /** Of the gateway. */
  url: string;
  /** Where letters can be read: only embedded mode shows them at the gateway. */
  mailboxUrl: string;
  /** In the order in which they were started. */
  processes: MainProcess[];
  servers: { stop(): Promise<void> }[];
  /** One process per service only: by name, and how to start one again. */
  services?: Map<string, MainProcess>;
  launch?: (name: string) => MainProcess;
  /** Of that mode's processes. */
  env?: Record<string, string>;
}

/** The whole product, started as an operator would, on a free port and in a data folder of its own. */
export class System {
  readonly mode: Mode;
  readonly home: string;
  readonly url: string;
  readonly processes: MainProcess[];

  constructor(private readonly parts: Parts) {
    ({ mode: this.mode, home: this.home, url: this.url, processes: this.processes } = parts);
  }

  get api(): Api {
    return new Api(this.url, this.parts.mailboxUrl);
  }

  /** @param options.home continues on the data of an earlier system (embedded) */
  static async start(
    mode: Mode,
    { home, env = {} }: { home?: string; env?: Record<string, string> } = {},
  ): Promise<System> {
    const folder = home ?? (await temporaryHome());
    try {
      return mode === 'embedded' ? await startEmbedded(folder, env) : await startProcesses(folder, env);
    } catch (error) {
      await killAllOn(folder);
      throw error;
    }
  }

  /** As an operator would; the data stay. @returns milliseconds that it took */
  async stop(): Promise<number> {
    const at = Date.now();
    // The gateway, started last, goes first.
    for (const process of [...this.processes].reverse()) await process.stop();
    for (const server of this.parts.servers) await server.stop();
    return Date.now() - at;
  }

  /** What its processes were started with (`processes`). */
  get env(): Record<string, string> {
    return this.parts.env ?? {};
  }

  /** SIGKILL to one service, which is then started again (`processes`). */
  async crash(name: string): Promise<void> {
    const { services, launch } = this.parts;
    const running = services?.get(name);
    if (!services || !running || !launch) throw new Error(`${name} is no process of its own here`);
    await running.stop('SIGKILL');
    const again = launch(name);
    services.set(name, again);
    this.processes[this.processes.indexOf(running)] = again;
    await again.says(new RegExp(`MedFlow ${name} ready`));
  }

  /** SIGKILL to everything at once: services, database, broker. */
  kill(): Promise<void> {
    return killAllOn(this.home);
  }

  /** Stops it and forgets its data. */
  async discard(): Promise<void> {
    await this.stop();
    await killAllOn(this.home);
    rmSync(this.home, { recursive: true, force: true });
  }
}

async function startEmbedded(home: string, env: Record<string, string>): Promise<System> {
  const port = await freePort();
  const process = new MainProcess(['start'], settings(home, { MEDFLOW_BUS: 'in-process', PORT: String(port), ...env }));
  await process.says(new RegExp(`MedFlow ready at http://localhost:${port}\\n`));
  const url = `http://127.0.0.1:${port}`;
  return new System({ mode: 'embedded', home, url, mailboxUrl: url, processes: [process], servers: [] });
}

const services = [
  'identity',
  'profiles',
  'scheduling',
  'billing',
  'notifications',
  'feedback',
  'records',
  'consultations',
];

async function startProcesses(home: string, extra: Record<string, string>): Promise<System> {
  const quiet = { env: { PATH: process.env.PATH, MEDFLOW_HOME: home }, say: () => undefined };
  const [database, broker] = await Promise.all([
    findDatabase({ ...quiet, folder: join(home, 'database') }),
    // Never somebody else's broker.
    findBroker({ ...quiet, folder: join(home, 'rabbitmq'), localUrl: 'amqp://127.0.0.1:1' }),
  ]);
  if (broker.kind !== 'amqp') throw new Error('There is no RabbitMQ on this machine: processes need one.');
  const ports: Record<string, number> = {};
  for (const name of [...services, 'gateway', 'test-provider']) ports[name] = await freePort();
  const peers = Object.entries(ports).map(([name, port]) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}`]);
  const env = settings(home, {
    MONGODB_URI: database.uri,
    RABBITMQ_URL: broker.url,
    MEDFLOW_INTERNAL_TOKEN: 'shared-by-the-services-of-this-suite',
    MEDFLOW_OPERATIONS_PORT: '0',
    MEDFLOW_TEST_PROVIDER_URL: `http://127.0.0.1:${ports['test-provider']}`,
    LOG_LEVEL: 'warn',
    ...(Object.fromEntries(peers) as Record<string, string>),
    ...extra,
  });
  const launch = (name: string) => new MainProcess(['service', name], { ...env, PORT: String(ports[name]) });
  const provider = launch('test-provider');
  await provider.says(/test-provider ready/);
  const running = services.map(launch);
  await Promise.all(running.map((one, at) => one.says(new RegExp(`MedFlow ${services[at]} ready`))));
  const gateway = launch('gateway');
  await gateway.says(/MedFlow gateway ready/);
  return new System({
    mode: 'processes',
    home,
    url: `http://127.0.0.1:${ports.gateway}`,
    mailboxUrl: `http://127.0.0.1:${ports.notifications}`,
    processes: [provider, ...running, gateway],
    services: new Map(services.map((name, at) => [name, running[at]!])),
    launch,
    env: { ...env, BILLING_URL: `http://127.0.0.1:${ports.billing}` },
    servers: [broker, database],
  });
}
