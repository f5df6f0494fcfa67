// Runs one Jest project (unit, integration or e2e) with what ESM and a fixed time zone need.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { node, root } from './prepare.mjs';

const [project, ...rest] = process.argv.slice(2);
// Servers are found, and whole systems started, from the build.
if (project !== 'unit' && spawnSync(node, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0)
  process.exit(1);
const args = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  // Modules of suites that are over are not all given back.
  '--max-old-space-size=6144',
  join(root, 'node_modules/jest/bin/jest.js'),
  // A suite whose set-up failed may leave a connection open: that is a failure, not a reason to wait for ever.
  '--forceExit',
  // Ends what hangs, and nothing else: a busy machine may stand still for seconds.
  '--testTimeout=30000',
  ...rest,
  ...(project === 'e2e' ? ['--runInBand'] : []),
  // Last, because it takes every word that follows.
  '--selectProjects',
  project,
];
const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, TZ: 'UTC' } });
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
