import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keptSecret, StartupError } from '@medflow/servers';
import { checkedName } from '@medflow/service-kit';

/** The data folder of this installation. Nothing is written elsewhere. */
export interface Home {
  path: string;
  /** Shared by the services of this installation. */
  internalToken: string;
  /** Tells this installation from others on the same broker; made at the first start. */
  installation: string;
  release(): void;
}

/** Where the system of a data folder is, for commands that work on it while it runs. */
export interface RunRecord {
  pid: number;
  port: number;
  mongoUri: string;
  /** Of each service, by name. */
  upstreams: Readonly<Record<string, string>>;
  installation: string;
  /** Absent where events stay in the process. */
  rabbitUrl?: string;
}

/** A system that stops does so within ten seconds. */
const STOPS_WITHIN_MS = 15_000;
/** A first start installs a database, on a slow machine over a slow line. */
const STARTS_WITHIN_MS = 180_000;
const LOOKED_EVERY_MS = 100;

export const homePath = (env: NodeJS.ProcessEnv, root: string): string =>
  resolve(env.MEDFLOW_HOME ?? join(root, '.medflow'));
/** There from the moment that everything answers until the stop begins. */
export const recordFile = (path: string): string => join(path, 'run.json');
const lockFile = (path: string): string => join(path, 'medflow.pid');

/**
 * @throws StartupError when the folder cannot be written or another process uses it; SettingError for a wrong name
 */
export async function openHome(
  env: NodeJS.ProcessEnv,
  root: string,
  { exclusive = true, say = (_line: string): void => undefined } = {},
): Promise<Home> {
  const path = homePath(env, root);
  try {
    mkdirSync(path, { recursive: true });
    // Several services may look at the same moment.
    const probe = join(path, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartupError(
      `The data folder ${path} cannot be written (${(error as { code?: string }).code}): give this user the right to, or name another folder in MEDFLOW_HOME.`,
    );
  }
  if (exclusive) await takeLock(path, say);
  return {
    path,
    internalToken: keptSecret(join(path, 'internal-token')),
    installation: env.MEDFLOW_INSTALLATION
      ? checkedName(env.MEDFLOW_INSTALLATION)
      : keptSecret(join(path, 'installation'), () => `mf-${randomBytes(4).toString('hex')}`),
    release: () => exclusive && rmSync(lockFile(path), { force: true }),
  };
}

async function takeLock(path: string, say: (line: string) => void): Promise<void> {
  const running = await runningOn(path, say);
  if (running)
    throw new StartupError(
      `MedFlow already runs on ${path} (process ${running.pid}): stop it first, or name another folder in MEDFLOW_HOME.`,
    );
  writeFileSync(lockFile(path), String(process.pid));
}

/**
 * The system that runs on this data folder, if any; one that is starting or stopping is waited for.
 * @throws StartupError when it has become neither in time
 */
export async function runningOn(
  path: string,
  say: (line: string) => void,
  { stopsWithinMs = STOPS_WITHIN_MS, startsWithinMs = STARTS_WITHIN_MS } = {},
): Promise<RunRecord | undefined> {
  const until = Date.now() + stopsWithinMs;
  for (let waiting = false; ; await sleep(LOOKED_EVERY_MS)) {
    const holder = holderOf(path);
    if (holder === undefined) return undefined;
    const record = recordOf(path);
    if (record?.pid === holder) return record;
    if (Date.now() > Math.max(until, heldSince(path) + startsWithinMs))
      throw new StartupError(
        `MedFlow on ${path} (process ${holder}) neither runs nor ends: stop that process, then try again.`,
      );
    if (!waiting) say(`MedFlow on ${path} (process ${holder}) is still stopping or starting: waiting for it`);
    waiting = true;
  }
}

function holderOf(path: string): number | undefined {
  const lock = lockFile(path);
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  return holder > 1 && holder !== process.pid && isMedFlow(holder) ? holder : undefined;
}

/** When its holder took the folder, ms since 1970. */
const heldSince = (path: string): number => statSync(lockFile(path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

export function recordOf(path: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(path), 'utf8')) as RunRecord;
  } catch {
    // None, or taken away or half written at this moment.
    return undefined;
  }
}

/** A number left behind may belong to any process by now. */
function isMedFlow(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : 'embedded';
    return commandLine.includes('embedded');
  } catch {
    return false;
  }
}

/** @throws StartupError when `PORT` is no port or is in use */
export async function checkPort(env: NodeJS.ProcessEnv): Promise<number> {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartupError(`PORT is no port number: ${env.PORT}.`);
  const probe = createServer().listen(port);
  try {
    await once(probe, 'listening');
  } catch (error) {
    const why =
      (error as { code?: string }).code === 'EADDRINUSE'
        ? 'is in use'
        : `cannot be opened (${(error as { code?: string }).code})`;
    throw new StartupError(`Port ${port} ${why}: stop what listens there, or choose another with PORT.`);
  }
  probe.close();
  await once(probe, 'close');
  return port;
}
