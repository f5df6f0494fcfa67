import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Engine } from './local-database.js';
import { findProgram } from './processes.js';
import { StartupError } from './startup-error.js';

const run = promisify(execFile);

/** What pip may install: versions and the hashes of their files. */
export const REQUIREMENTS = join(import.meta.dirname, '../secantusdb-requirements.txt');

const REMEDIES = 'Install mongod, or set MONGODB_URI (docs/database-engines.md).';

/** SecantusDB: a server that speaks MongoDB's protocol, as a process of its own (docs/database-engines.md). */
export const secantus = (program: string): Engine => ({
  kind: 'secantus',
  name: 'SecantusDB',
  program,
  args: ({ port, data, access }) => [
    ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', data, '--log-level', 'WARNING'],
    // Without it a killed server loses transactions that it had acknowledged.
    '--sync-on-commit',
    ...(access === 'locked' ? ['--auth'] : []),
  ],
  // It remembers retryable writes only until it ends, and looks through all of them at every write.
  options: ['retryWrites=false'],
  stopSignal: 'SIGTERM',
});

export interface Installation {
  env: NodeJS.ProcessEnv;
  folder: string;
  say: (line: string) => void;
  /** Another list than ours: for suites. */
  requirements?: string;
}

/**
 * SecantusDB in a virtual environment below the folder, fetched from the package index once for each list of files.
 * @returns its program @throws StartupError, also when what the index gives is not what the list says
 */
export async function installSecantus({
  folder,
  say,
  env,
  requirements = REQUIREMENTS,
}: Installation): Promise<string> {
  const venv = join(folder, 'venv');
  const program = join(venv, 'bin', 'secantusd-py');
  const stamp = join(venv, 'installed');
  const list = readFileSync(requirements, 'utf8');
  const digest = createHash('sha256').update(list).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return program;
  const python = findProgram('python3', env);
  if (!python)
    throw new StartupError(
      'There is no mongod and no python3 to install a database with: install either, or set MONGODB_URI.',
    );
  const version = /^secantusdb==(\S+)/m.exec(list)?.[1];
  say(`database: installing SecantusDB ${version} (GPL-2.0, a process of its own; about 10 s, once)`);
  try {
    await run(python, ['-m', 'venv', '--clear', venv], { env });
    const strictly = ['--require-hashes', '--only-binary', ':all:', '--requirement', requirements];
    await run(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...strictly], { env });
  } catch (error) {
    throw new StartupError(whyNot(error as Error & { stderr?: string }));
  }
  writeFileSync(stamp, digest);
  return program;
}

function whyNot({ message, stderr = '' }: Error & { stderr?: string }): string {
  if (/DO NOT MATCH THE HASHES/.test(stderr)) {
    const [, file] = /^\s+(\S+==\S+) from /m.exec(stderr) ?? [];
    return `What the package index gave for ${file ?? 'SecantusDB'} is not the file that MedFlow was tried with (its SHA-256 is another one): it was not installed. ${REMEDIES}`;
  }
  const reason = stderr.split('\n').find((line) => line.startsWith('ERROR')) ?? message.split('\n')[0]!;
  return `No database could be had: there is no mongod, and SecantusDB could not be installed (${reason.slice(0, 200)}). Install python3-venv where it lacks. ${REMEDIES}`;
}
