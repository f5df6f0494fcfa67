// npm start · npm run demo · npm run service <name> · npm run dead-letters: prepares what is missing, then runs it on Node 24.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/** Dead letters lie where the system that runs on this data folder keeps them, unless the environment says otherwise. */
function busOfRunningSystem() {
  const file = join(process.env.MEDFLOW_HOME ?? join(root, '.medflow'), 'run.json');
  if (command !== 'dead-letters' || process.env.RABBITMQ_URL || process.env.MONGODB_URI || !existsSync(file)) return {};
  const { mongoUri, rabbitUrl } = JSON.parse(readFileSync(file, 'utf8'));
  return rabbitUrl ? { RABBITMQ_URL: rabbitUrl } : { MONGODB_URI: mongoUri };
}

const child = spawn(node, ['--enable-source-maps', join(root, script), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, ...busOfRunningSystem() },
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
