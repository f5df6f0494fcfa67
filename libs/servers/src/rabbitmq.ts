import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import { keptSecret } from './kept-secret.js';
import { endLeftover, findProgram, freePort, type Server, startServer, untilReady } from './processes.js';
import { StartupError } from './startup-error.js';
import { Supervisor } from './supervisor.js';

const run = promisify(execFile);
const USER = 'medflow';
const READY_MS = 60_000;

/** @throws Error when no broker answers there, or it does not let us in */
export async function handshake(url: string, timeoutMs: number): Promise<void> {
  const connection = await connect(url, { timeout: timeoutMs });
  await connection.close();
}

export interface RabbitOptions {
  env: NodeJS.ProcessEnv;
  folder: string;
  say: (line: string) => void;
  /** Start it again whenever it ends. */
  supervise?: boolean;
}

/** A node of our own: name, ports, cookie, data, users and port mapper are all ours, so that it meets no other RabbitMQ. */
class RabbitNode {
  readonly logFile: string;
  readonly url: string;
  private readonly pidFile: string;
  private readonly home: string;
  private readonly nodeEnv: NodeJS.ProcessEnv;

  constructor(
    private readonly program: string,
    private readonly options: RabbitOptions,
    private readonly ports: { amqp: number; distribution: number; epmd: number },
  ) {
    const { env, folder } = options;
    this.home = join(folder, 'home');
    mkdirSync(this.home, { recursive: true });
    this.logFile = join(folder, 'rabbitmq.log');
    this.pidFile = join(folder, 'rabbitmq.pid');
    const password = keptSecret(join(folder, 'password'));
    this.url = `amqp://${USER}:${encodeURIComponent(password)}@127.0.0.1:${ports.amqp}`;
    this.nodeEnv = {
      ...env,
      HOME: this.home,
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: nodeName(folder),
      RABBITMQ_DIST_PORT: String(ports.distribution),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONFIG_FILE: writeConfiguration(folder, ports.amqp, password),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_PID_FILE: join(folder, 'beam.pid'),
    };
    writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  }

  endLeftover(): Promise<void> {
    return endLeftover(this.pidFile, this.options.folder);
  }

  async launch(stopping?: AbortSignal): Promise<Server> {
    const { program, nodeEnv: env, pidFile, logFile } = this;
    const server = await startServer({ program, args: [], env, pidFile, logFile });
    try {
      await untilReady(() => handshake(this.url, 1000), READY_MS, server, stopping);
      return server;
    } catch (error) {
      await server.kill();
      throw error;
    }
  }

  /** The port mapper outlives its nodes. */
  async endPortMapper(): Promise<void> {
    const { env } = this.options;
    const epmd = findProgram('epmd', env, ['/usr/bin', '/usr/lib/erlang/bin']);
    if (epmd)
      await run(epmd, ['-port', String(this.ports.epmd), '-kill'], { env: this.nodeEnv }).catch(() => undefined);
  }

  /** Shell command that restarts the broker within its node: for suites. */
  get restart(): string {
    const node = `ERL_EPMD_PORT=${this.ports.epmd} RABBITMQ_NODENAME=${this.nodeEnv.RABBITMQ_NODENAME}`;
    const control = `HOME='${this.home}' ${node} '${join(dirname(this.program), 'rabbitmqctl')}'`;
    return `${control} stop_app && ${control} start_app`;
  }
}

function nodeName(folder: string): string {
  const kept = join(folder, 'node.json');
  if (!existsSync(kept)) {
    writeFileSync(kept, JSON.stringify({ name: `medflow-${randomBytes(4).toString('hex')}@localhost` }));
  }
  return (JSON.parse(readFileSync(kept, 'utf8')) as { name: string }).name;
}

/** @returns the file of the settings, which name our user by the hash of its password and shut out everybody's `guest` */
function writeConfiguration(folder: string, port: number, password: string): string {
  const definitions = join(folder, 'definitions.json');
  const secret = (text: string) => ({
    password_hash: text && hashed(text),
    hashing_algorithm: 'rabbit_password_hashing_sha256',
  });
  const everything = { configure: '.*', write: '.*', read: '.*' };
  const content = {
    vhosts: [{ name: '/' }],
    users: [
      { name: USER, ...secret(password), tags: 'administrator' },
      // Nodes of earlier versions have it; without a hash nobody gets in by a password.
      { name: 'guest', ...secret(''), tags: '' },
    ],
    permissions: [{ user: USER, vhost: '/', ...everything }],
  };
  writeFileSync(definitions, JSON.stringify(content), { mode: 0o600 });
  const config = join(folder, 'rabbitmq.conf');
  writeFileSync(
    config,
    [
      `listeners.tcp.local = 127.0.0.1:${port}`,
      `load_definitions = ${definitions}`,
      'log.console = true',
      'log.console.level = warning',
      '',
    ].join('\n'),
  );
  return config;
}

/** As RabbitMQ stores it: base64 of a 32-bit salt and SHA-256 of salt and password. */
function hashed(password: string): string {
  const salt = randomBytes(4);
  const digest = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, digest]).toString('base64');
}

/** @throws StartupError */
export async function startRabbit(
  program: string,
  options: RabbitOptions,
): Promise<{ url: string; restart: string; stop(): Promise<void> }> {
  const { say, supervise = false } = options;
  mkdirSync(options.folder, { recursive: true });
  const ports = { amqp: await freePort(), distribution: await freePort(), epmd: await freePort() };
  const node = new RabbitNode(program, options, ports);
  const { logFile, url, restart } = node;
  say('bus: starting RabbitMQ');
  const launch = (stopping?: AbortSignal) => node.launch(stopping);
  try {
    await node.endLeftover();
    const server = await launch();
    const kept = supervise ? Supervisor.keep({ name: 'bus', say, logFile, launch }, server) : server;
    return { url, restart, stop: () => kept.stop().then(() => node.endPortMapper()) };
  } catch (error) {
    await node.endPortMapper();
    throw new StartupError(
      `RabbitMQ did not start (${(error as Error).message}): see ${logFile}, or set MEDFLOW_BUS=in-process to do without.`,
    );
  }
}
