// Starts what is measured and looks at it from outside: ports, processor time and memory of its process (Linux).
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDatabase, findProgram, freePort, startServer, untilReady } from '../libs/servers/dist/index.js';
import { MongoClient } from 'mongodb';
import { nodeEnv, nodeOptions } from '../scripts/prepare.mjs';

export const root = join(import.meta.dirname, '..');
const CLOCK_TICK_MS = 10;
const say = (line) => console.log(`  ${line}`);

/** A folder for data with the database program of earlier runs in it. */
export function temporaryHome() {
  const home = mkdtempSync(join(tmpdir(), 'medflow-bench-'));
  mkdirSync(join(home, 'database'));
  for (const name of ['venv', 'binaries']) {
    const cached = join(root, 'node_modules/.cache/medflow-test/database', name);
    if (existsSync(cached)) symlinkSync(cached, join(home, 'database', name));
  }
  return home;
}

/** MONGODB_URI, else SecantusDB's Rust build where there is one, else what MedFlow itself would start. */
export async function database(home) {
  const program = findProgram('secantusd-rs', process.env, [join(homedir(), '.cargo/bin')]);
  if (process.env.MONGODB_URI || findProgram('mongod', process.env) || !program) {
    const found = await findDatabase({ env: process.env, folder: join(home, 'database'), say });
    return { ...found, pid: processAt(Number(new URL(found.uri).port)) };
  }
  const port = await freePort();
  const storage = join(home, 'secantus-rs');
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--storage-path',
    storage,
    '--sync-on-commit',
    '--log-level',
    'WARNING',
  ];
  const server = await startServer({ program, args, pidFile: `${storage}.pid`, logFile: `${storage}.log` });
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  await untilReady(
    async () => {
      const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 500 });
      await client.db('admin').command({ ping: 1 });
      await client.close();
    },
    30_000,
    server,
  );
  return { uri, engine: 'SecantusDB, Rust build', pid: server.pid, stop: server.stop };
}

/** A program that says on standard output when it is ready. */
export async function launch(args, env, ready) {
  const at = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let asked = 0;
  let output = '';
  const line = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const match = ready.exec(output);
      if (match) resolve(match);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  return {
    pid: child.pid,
    line,
    readyMs: performance.now() - at,
    output: () => output,
    /** What `inside.mjs` answers, where the program was started with it. */
    ask: (question) =>
      new Promise((resolve) => {
        const id = (asked += 1);
        const hear = (message) => {
          if (message.id !== id) return;
          child.off('message', hear);
          resolve(message.answer);
        };
        child.on('message', hear);
        child.send({ id, ask: question });
      }),
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit').on('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

/** @param options for Node itself */
export async function startMedFlow(home, env = {}, options = []) {
  const port = await freePort();
  const settings = {
    ...nodeEnv,
    MEDFLOW_HOME: home,
    MEDFLOW_BUS: 'in-process',
    MEDFLOW_RATE_LIMITS: 'off',
    MEDFLOW_RELAY: 'off',
    PORT: String(port),
    ...env,
  };
  const started = await launch(
    [...nodeOptions, ...options, 'embedded/dist/main.js', 'start'],
    settings,
    /MedFlow ready at/,
  );
  return { ...started, url: `http://127.0.0.1:${port}` };
}

/** Milliseconds of processor time that the process has used, all threads. */
export function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
}

export const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Sockets that the process has open, by inode. */
function socketsOf(pid) {
  const inodes = new Set();
  let open = [];
  try {
    open = readdirSync(`/proc/${pid}/fd`);
  } catch {
    // Another user's, or gone.
  }
  for (const fd of open) {
    try {
      inodes.add(/socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]);
    } catch {
      // Closed meanwhile.
    }
  }
  return inodes;
}

/** What this machine listens to, each with its port and the inode of its socket. */
const listening = () =>
  readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A')
    .map((fields) => ({ port: parseInt(fields[1].split(':')[1], 16), inode: fields[9] }));

/** Local TCP ports on which the process listens. */
export function listeningPorts(pid) {
  const inodes = socketsOf(pid);
  return listening()
    .filter(({ inode }) => inodes.has(inode))
    .map(({ port }) => port);
}

/** The process that listens on the port; undefined where none of ours does. */
function processAt(port) {
  const found = listening().find((one) => one.port === port);
  const pids = found ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const pid = pids.find((one) => socketsOf(one).has(found.inode));
  return pid && Number(pid);
}

export const forget = (home) => rmSync(home, { recursive: true, force: true });
