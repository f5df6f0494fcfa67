import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import { endLeftover, findProgram, freePort, startServer, untilReady } from './processes.js';
import { StartupError } from './startup-error.js';

const run = promisify(execFile);

export type Broker =
  | { kind: 'amqp'; url: string; origin: 'given' | 'found' | 'started'; restart?: string; stop(): Promise<void> }
  | { kind: 'in-process'; stop(): Promise<void> };

export interface BrokerOptions {
  env: NodeJS.ProcessEnv;
  folder: string;
  say: (line: string) => void;
  /** Where somebody else's broker may answer; undefined: do not look. */
  localUrl?: string;
}

const nothing = async (): Promise<void> => undefined;

/** Folders where packages put RabbitMQ's own scripts, which need no change of user. */
const RABBITMQ_FOLDERS = ['/usr/lib/rabbitmq/bin', '/opt/rabbitmq/sbin', '/opt/homebrew/sbin'];

/**
 * RabbitMQ: the one that `RABBITMQ_URL` names, else one that answers locally, else `rabbitmq-server` started for us;
 * where there is none, events stay in this process.
 * @throws StartupError
 */
export async function findBroker(options: BrokerOptions): Promise<Broker> {
  const { env, localUrl = 'amqp://127.0.0.1:5672' } = options;
  const given = env.RABBITMQ_URL;
  if (given) {
    await handshake(given, 5000).catch((error: Error) => {
      throw new StartupError(
        `RABBITMQ_URL cannot be reached (${error.message || (error as { code?: string }).code}): start that broker, correct the address, or unset the variable.`,
      );
    });
    return { kind: 'amqp', url: given, origin: 'given', stop: nothing };
  }
  if (env.MEDFLOW_BUS === 'in-process') return { kind: 'in-process', stop: nothing };
  if (
    await handshake(localUrl, 1000).then(
      () => true,
      () => false,
    )
  )
    return { kind: 'amqp', url: localUrl, origin: 'found', stop: nothing };
  const program =
    RABBITMQ_FOLDERS.map((folder) => join(folder, 'rabbitmq-server')).find((path) => existsSync(path)) ??
    findProgram('rabbitmq-server', env);
  if (!program) return { kind: 'in-process', stop: nothing };
  return startRabbit(program, options);
}

async function handshake(url: string, timeoutMs: number): Promise<void> {
  const connection = await connect(url, { timeout: timeoutMs });
  await connection.close();
}

/** A node of our own: name, ports, cookie, data and port mapper are all ours, so that it meets no other RabbitMQ. */
async function startRabbit(program: string, { env, folder, say }: BrokerOptions): Promise<Broker> {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const pidFile = join(folder, 'rabbitmq.pid');
  await endLeftover(pidFile, folder);
  const kept = join(folder, 'node.json');
  const node = existsSync(kept)
    ? (JSON.parse(readFileSync(kept, 'utf8')) as { name: string })
    : { name: `medflow-${randomBytes(4).toString('hex')}@localhost` };
  writeFileSync(kept, JSON.stringify(node));
  const [port, distribution, epmd] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, 'rabbitmq.conf');
  writeFileSync(
    config,
    `listeners.tcp.local = 127.0.0.1:${port}\nloopback_users.guest = true\nlog.console = true\nlog.console.level = warning\n`,
  );
  const nodeEnv: NodeJS.ProcessEnv = {
    ...env,
    HOME: home,
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: node.name,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'beam.pid'),
  };
  writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  say('bus: starting RabbitMQ');
  const logFile = join(folder, 'rabbitmq.log');
  const server = await startServer({ program, args: [], env: nodeEnv, pidFile, logFile });
  const stop = async () => {
    await server.stop();
    const epmdProgram = findProgram('epmd', env, ['/usr/bin', '/usr/lib/erlang/bin']);
    if (epmdProgram) await run(epmdProgram, ['-port', String(epmd), '-kill'], { env: nodeEnv }).catch(() => undefined);
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  try {
    await untilReady(() => handshake(url, 1000), 60_000, server);
  } catch (error) {
    await stop();
    throw new StartupError(
      `RabbitMQ did not start (${(error as Error).message}): see ${logFile}, or set MEDFLOW_BUS=in-process to do without.`,
    );
  }
  const control = `HOME='${home}' ERL_EPMD_PORT=${epmd} RABBITMQ_NODENAME=${node.name} '${join(dirname(program), 'rabbitmqctl')}'`;
  return { kind: 'amqp', url, origin: 'started', restart: `${control} stop_app && ${control} start_app`, stop };
}
