import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Below those that systems give to outgoing connections, one of which could take the port before its owner does. */
const PORTS = { first: 10_000, end: 32_000 };
const given = new Set<number>();

/** A TCP port that nobody listens on right now, another one at every call. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(PORTS.first, PORTS.end);
    if (given.has(port)) continue;
    const server = createServer();
    try {
      await once(server.listen(port), 'listening');
    } catch (error) {
      if (attempt === 50) throw error;
      continue;
    }
    given.add(port);
    await once(server.close(), 'close');
    return port;
  }
}

/** Full path of a program on the PATH or in one of the other folders. */
export function findProgram(name: string, env: NodeJS.ProcessEnv, others: string[] = []): string | undefined {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...others];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export interface Server {
  pid: number;
  /** Resolves with how it ended, for the operator: « SIGKILL », « code 1 ». */
  exited: Promise<string>;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
  /** Ends it and whatever it has started, at once; what it had started may outlive it. */
  kill(): Promise<void>;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The command line of a process, or nothing when there is none (Linux) or it cannot be told. */
const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

async function end(pid: number, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  try {
    process.kill(pid, signal);
  } catch {
    return;
  }
  for (const until = Date.now() + patienceMs; alive(pid) && Date.now() < until;) await sleep(50);
  if (alive(pid)) process.kill(pid, 'SIGKILL');
  while (alive(pid)) await sleep(20);
}

/** Ends a server that an earlier run of ours left behind: the pid file names it and its command line says that it is ours. */
export async function endLeftover(pidFile: string, mark: string): Promise<void> {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (pid > 1 && commandLine(pid).includes(mark)) await end(pid, 'SIGTERM', 5000);
  rmSync(pidFile, { force: true });
}

export interface ServerCommand {
  program: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  pidFile: string;
  logFile: string;
  stopSignal?: NodeJS.Signals;
}

/**
 * Starts a server in a process group of its own, so that Ctrl-C in the terminal reaches us first and we stop it in order.
 * @throws Error when the program cannot be run
 */
export async function startServer({
  program,
  args,
  env = process.env,
  pidFile,
  logFile,
  stopSignal = 'SIGTERM',
}: ServerCommand): Promise<Server> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child: ChildProcess = spawn(program, args, { env, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  ended.catch(() => undefined);
  await Promise.race([once(child, 'spawn'), ended.then(() => Promise.reject(new Error(`${program} ended at once`)))]);
  const pid = child.pid!;
  writeFileSync(pidFile, String(pid));
  child.unref();
  /** Whoever waits for its end has this process wait as well, however long it takes. */
  const isRunning = (): boolean => {
    child.ref();
    return child.exitCode === null && child.signalCode === null;
  };
  return {
    pid,
    exited: ended.then(([code, signal]) => signal ?? `code ${code}`),
    kill: async () => {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // Nothing of its group is left.
      }
      if (isRunning()) await ended;
      rmSync(pidFile, { force: true });
    },
    stop: async () => {
      if (isRunning()) {
        const exited = once(child, 'exit');
        child.kill(stopSignal);
        const late = setTimeout(() => child.kill('SIGKILL'), 8000);
        await exited;
        clearTimeout(late);
      }
      rmSync(pidFile, { force: true });
    },
  };
}

/** Repeats the attempt until it succeeds. @throws its last error after the time, or at once when the server is gone or `stopping` */
export async function untilReady<T>(
  attempt: () => Promise<T>,
  timeoutMs: number,
  server?: { pid: number },
  stopping?: AbortSignal,
): Promise<T> {
  for (const until = Date.now() + timeoutMs; ; await sleep(50)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until || stopping?.aborted || (server && !alive(server.pid))) throw error;
    }
  }
}
