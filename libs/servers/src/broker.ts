import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { findProgram } from './processes.js';
import { handshake, startRabbit } from './rabbitmq.js';
import { StartupError } from './startup-error.js';

export type Broker =
  | { kind: 'amqp'; url: string; origin: 'given' | 'found' | 'started'; restart?: string; stop(): Promise<void> }
  | { kind: 'in-process'; stop(): Promise<void> };

export interface BrokerOptions {
  env: NodeJS.ProcessEnv;
  folder: string;
  say: (line: string) => void;
  /** Where somebody else's broker may answer. */
  localUrl?: string;
  /** Where that broker's management answers. */
  localManagement?: string;
  /** Name of the installation: what goes before its exchange. */
  installation?: string;
  /** Start again whatever was started, whenever it ends. */
  supervise?: boolean;
}

const nothing = async (): Promise<void> => undefined;

/** Folders where packages put RabbitMQ's own scripts, which need no change of user. */
const RABBITMQ_FOLDERS = ['/usr/lib/rabbitmq/bin', '/opt/rabbitmq/sbin', '/opt/homebrew/sbin'];
/** With what a RabbitMQ that nobody has set up yet lets in whoever comes from the same machine. */
const UNCONFIGURED = { username: 'guest', password: 'guest' };

/**
 * RabbitMQ: the one that `RABBITMQ_URL` names, else one that answers locally and holds nothing or what is ours, else
 * `rabbitmq-server` started for us; where there is none, events stay in this process.
 * @throws StartupError
 */
export async function findBroker(options: BrokerOptions): Promise<Broker> {
  const { env, folder, say } = options;
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
  const program =
    RABBITMQ_FOLDERS.map((path) => join(path, 'rabbitmq-server')).find((path) => existsSync(path)) ??
    findProgram('rabbitmq-server', env);
  // A node of ours may still hold events: it comes before any other that appeared since.
  const hasOwn = existsSync(join(folder, 'data'));
  const found = program && hasOwn ? undefined : await findLocal(options);
  if (found) return { kind: 'amqp', url: found, origin: 'found', stop: nothing };
  if (!program) {
    if (hasOwn) say('bus: RabbitMQ is not installed any more: what it still held stays in its folder');
    return { kind: 'in-process', stop: nothing };
  }
  return { kind: 'amqp', origin: 'started', ...(await startRabbit(program, options)) };
}

/** A broker on this machine that is ours, or nobody's. */
async function findLocal(options: BrokerOptions): Promise<string | undefined> {
  const { localUrl = 'amqp://127.0.0.1:5672', localManagement = 'http://127.0.0.1:15672', installation, say } = options;
  const answers = await handshake(localUrl, 1000).then(
    () => true,
    () => false,
  );
  if (!answers) return undefined;
  if (installation && (await hasExchange(localUrl, `${installation}.medflow`))) return localUrl;
  if (await isEmpty(localManagement)) return localUrl;
  say('bus: the RabbitMQ on this machine may be somebody else’s: left alone (RABBITMQ_URL would use it)');
  return undefined;
}

async function hasExchange(url: string, name: string): Promise<boolean> {
  const connection = await connect(url);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    await channel.checkExchange(name);
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/** Only its management can tell what a broker holds: one that cannot be asked counts as somebody's. */
async function isEmpty(management: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${UNCONFIGURED.username}:${UNCONFIGURED.password}`).toString('base64')}`;
  const list = async (what: string): Promise<{ name: string }[]> => {
    const signal = AbortSignal.timeout(2000);
    const response = await fetch(`${management}/api/${what}`, { headers: { authorization }, signal });
    if (!response.ok) throw new Error(`${what}: ${response.status}`);
    return (await response.json()) as { name: string }[];
  };
  try {
    const [queues, exchanges] = await Promise.all([list('queues'), list('exchanges')]);
    return queues.length === 0 && exchanges.every(({ name }) => name === '' || name.startsWith('amq.'));
  } catch {
    return false;
  }
}
