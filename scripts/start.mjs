// npm start · npm run demo · npm run service <name> · npm run dead-letters: prepares what is missing, then runs it on Node 24.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, checkNode, ensureSystemPackages, installPackages, node, root } from './prepare.mjs';

checkNode();
const [command = 'start', ...rest] = process.argv.slice(2);
// Only a database of our own needs it, and findDatabase says so where it is missing for good.
if (!process.env.MONGODB_URI) ensureSystemPackages(['python3-venv'], { optional: true });
installPackages();
build();

const entry =
  command === 'dead-letters'
    ? ['libs/messaging/dist/dead-letters-cli.js', ...rest]
    : ['embedded/dist/main.js', command, ...rest];
const [script, ...args] = entry;
const child = spawn(node, ['--enable-source-maps', join(root, script), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
const forward = (signal) => child.kill(signal);
process.on('SIGTERM', forward);
process.on('SIGINT', () => undefined); // The terminal sends it to the child as well.
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

// npm killed without a word leaves us with another parent: nothing of ours may stay behind.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  forward('SIGTERM');
}, 1000).unref();
