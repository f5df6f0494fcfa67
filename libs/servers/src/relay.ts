import { mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { keptSecret } from './kept-secret.js';
import { endLeftover, findProgram, freePort, type Server, startServer, untilReady } from './processes.js';
import { StartupError } from './startup-error.js';
import { Supervisor } from './supervisor.js';

export interface Relay {
  /** The settings by which consultations finds it. */
  readonly environment: { readonly MEDFLOW_TURN_URLS: string; readonly MEDFLOW_TURN_SECRET: string };
  stop(): Promise<void>;
}

export interface RelayOptions {
  env: NodeJS.ProcessEnv;
  folder: string;
  say: (line: string) => void;
  /** Start it again whenever it ends. */
  supervise?: boolean;
}

const PROGRAM = 'turnserver';
const READY_MS = 10_000;

/** Nobody reaches the machine itself or its link through the relay (OWASP ASVS 5.0, 17.1.1). */
const NEVER_PEERS = [
  '0.0.0.0-0.255.255.255',
  '127.0.0.0-127.255.255.255',
  '169.254.0.0-169.254.255.255',
  '::1',
  'fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];
/** Private networks: refused too where the relay serves the world. */
const PRIVATE_PEERS = [
  '10.0.0.0-10.255.255.255',
  '100.64.0.0-100.127.255.255',
  '172.16.0.0-172.31.255.255',
  '192.168.0.0-192.168.255.255',
  'fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];

/**
 * coturn for visits by video, where its program is on the PATH and the operator names no relay (`MEDFLOW_TURN_URLS`):
 * started for us, with a secret of its own. `MEDFLOW_RELAY`: `on` (default); `public` refuses peers in private networks, for a
 * machine that the world reaches at an address of its own; `off` does without.
 * @returns undefined: visits go without a relay of ours
 * @throws StartupError
 */
export async function findRelay(options: RelayOptions): Promise<Relay | undefined> {
  const { env, folder, say, supervise = false } = options;
  const wanted = env.MEDFLOW_RELAY || 'on';
  if (!['on', 'public', 'off'].includes(wanted))
    throw new StartupError(`MEDFLOW_RELAY is none of on, public and off: ${wanted}.`);
  if (wanted === 'off' || env.MEDFLOW_TURN_URLS) return undefined;
  const program = findProgram(PROGRAM, env);
  const addresses = ownAddresses();
  // What is relayed leaves by an address of this machine, which a machine without a network has not.
  if (!program || addresses.length === 0) return undefined;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const secret = keptSecret(join(folder, 'secret'));
  const config = writeConfiguration(folder, { port, secret, addresses, refusesPrivate: wanted === 'public' });
  const files = { pidFile: join(folder, 'relay.pid'), logFile: join(folder, 'relay.log') };
  const launch = async (stopping?: AbortSignal): Promise<Server> => {
    const server = await startServer({ program, args: ['-c', config], env, ...files });
    try {
      await untilReady(() => answers(port), READY_MS, server, stopping);
      return server;
    } catch (error) {
      await server.kill();
      throw error;
    }
  };
  say('relay: starting coturn');
  try {
    await endLeftover(files.pidFile, folder);
    const server = await launch();
    const kept = supervise ? Supervisor.keep({ name: 'relay', say, logFile: files.logFile, launch }, server) : server;
    const host = hostOf(env.PUBLIC_URL);
    const urls = ['udp', 'tcp'].map((transport) => `turn:${host}:${port}?transport=${transport}`);
    return {
      environment: { MEDFLOW_TURN_URLS: urls.join(','), MEDFLOW_TURN_SECRET: secret },
      stop: () => kept.stop(),
    };
  } catch (error) {
    throw new StartupError(
      `coturn did not start (${(error as Error).message}): see ${files.logFile}, or set MEDFLOW_RELAY=off to do without.`,
    );
  }
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

/** As browsers reach this machine. */
function hostOf(publicUrl: string | undefined): string {
  const { hostname } = new URL(publicUrl ?? 'http://localhost');
  return hostname === 'localhost' ? '127.0.0.1' : hostname;
}

interface Settings {
  port: number;
  secret: string;
  addresses: readonly string[];
  refusesPrivate: boolean;
}

/** A file of ours: command lines are read by everybody on the machine, and it holds the secret. */
function writeConfiguration(folder: string, { port, secret, addresses, refusesPrivate }: Settings): string {
  const file = join(folder, 'turnserver.conf');
  const denied = [...NEVER_PEERS, ...(refusesPrivate ? PRIVATE_PEERS : [])];
  const lines = [
    `listening-port=${port}`,
    'listening-ip=0.0.0.0',
    ...addresses.map((address) => `relay-ip=${address}`),
    'realm=medflow',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'fingerprint',
    'no-cli',
    'no-tls',
    'no-dtls',
    'no-tcp-relay',
    'no-multicast-peers',
    ...denied.map((range) => `denied-peer-ip=${range}`),
    `userdb=${join(folder, 'users.sqlite')}`,
    `pidfile=${join(folder, 'turnserver.pid')}`,
    'log-file=stdout',
    '',
  ];
  writeFileSync(file, lines.join('\n'), { mode: 0o600 });
  return file;
}

/** @throws Error when nothing listens there */
function answers(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
