import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const main = join(root, 'embedded/dist/main.js');

/** What of our own environment a started system is to see: neither our servers nor our settings. */
const plainEnv = (): NodeJS.ProcessEnv => {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(MONGODB_URI|RABBITMQ_|MEDFLOW_|PORT$|HOST$|LOG_LEVEL|NODE_OPTIONS|JEST_|NODE_ENV)/.test(name))
      delete env[name];
  }
  return env;
};

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One run of `main.js` in a process group of its own. */
export class MainProcess {
  output = '';
  errors = '';
  readonly ended: Promise<Exit>;
  private readonly child: ChildProcess;

  constructor(args: string[], env: Record<string, string>) {
    this.child = spawn(process.execPath, ['--enable-source-maps', main, ...args], {
      cwd: root,
      env: { ...plainEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    // `close`, not `exit`: all that it wrote has been read by then.
    this.ended = new Promise((resolve) => this.child.on('close', (code, signal) => resolve({ code, signal })));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** @throws Error with what it wrote when it ends, or the time passes, before the line */
  async says(line: RegExp, timeoutMs = 90_000): Promise<void> {
    let over: Exit | undefined;
    void this.ended.then((exit) => (over = exit));
    for (const until = Date.now() + timeoutMs; !line.test(this.output);) {
      if (over || Date.now() > until)
        throw new Error(`${over ? `ended (${over.code})` : 'too late'} before ${line}: ${this.output}${this.errors}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** @returns milliseconds until it had ended */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    const at = Date.now();
    this.child.kill(signal);
    await this.ended;
    return Date.now() - at;
  }
}

/** Processes whose command line or environment names the folder (Linux). */
export function processesOn(folder: string): number[] {
  const mentions = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => mentions(pid, 'cmdline') || mentions(pid, 'environ'))
    .map(Number);
}

/** SIGKILL to all that works on the folder, again until nothing is left. */
export async function killAllOn(folder: string): Promise<void> {
  for (let pids = processesOn(folder); pids.length > 0; pids = processesOn(folder)) {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone meanwhile.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
