// Runs one Jest project (unit, integration or e2e) with what ESM and a fixed time zone need.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [project, ...rest] = process.argv.slice(2);
const args = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules/jest/bin/jest.js'),
  // A suite whose set-up failed may leave a connection open: that is a failure, not a reason to wait for ever.
  '--forceExit',
  ...rest,
  ...(project === 'e2e' ? ['--runInBand'] : []),
  // Last, because it takes every word that follows.
  '--selectProjects',
  project,
];
const child = spawn(join(root, 'node_modules/.bin/node'), args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TZ: 'UTC' },
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
