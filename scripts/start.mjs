// npm start · npm run demo · npm run service <name> · npm run dead-letters · npm run reconcile · npm run replay · npm run rotate-signing-key · npm run records: prepares what is missing, then runs it on Node 24.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, ensureSystemPackages, node, nodeEnv, nodeOptions, prepare, root } from './prepare.mjs';

checkNode();
const [command = 'start', ...rest] = process.argv.slice(2);
// Only a database of our own needs it, and findDatabase says so where it is missing for good.
if (!process.env.MONGODB_URI) ensureSystemPackages(['python3-venv'], { optional: true });
prepare();

const tools = {
  'dead-letters': 'libs/messaging/dist/dead-letters-cli.js',
  reconcile: 'services/billing/dist/reconcile-cli.js',
  replay: 'libs/messaging/dist/replay/replay-cli.js',
  records: 'services/records/dist/records-cli.js',
  'rotate-signing-key': 'services/identity/dist/rotate-signing-key-cli.js',
};
/** Tools that ask a service. */
const asked = { reconcile: 'billing', replay: rest[0], 'rotate-signing-key': 'identity', records: 'records' };
const [script, ...args] = command in tools ? [tools[command], ...rest] : ['embedded/dist/main.js', command, ...rest];

/** Whose queues are meant, where the environment does not say so. */
function installationOf(home) {
  const { MEDFLOW_INSTALLATION, MEDFLOW_INTERNAL_TOKEN } = process.env;
  const file = join(home, 'installation');
  if (MEDFLOW_INSTALLATION || MEDFLOW_INTERNAL_TOKEN || !existsSync(file)) return {};
  return { MEDFLOW_INSTALLATION: readFileSync(file, 'utf8').trim() };
}

/** Tools work on the system that runs on this data folder, unless the environment says otherwise. */
function runningSystem() {
  const home = process.env.MEDFLOW_HOME ?? join(root, '.medflow');
  const file = join(home, 'run.json');
  if (!(command in tools)) return {};
  if (!existsSync(file)) return installationOf(home);
  const { mongoUri, rabbitUrl, installation, upstreams } = JSON.parse(readFileSync(file, 'utf8'));
  const { RABBITMQ_URL, MONGODB_URI } = process.env;
  if (asked[command]) {
    const variable = `${asked[command].toUpperCase()}_URL`;
    // Of what there is no such service, the tool itself says so.
    if (process.env[variable] || !upstreams[asked[command]]) return {};
    const token = readFileSync(join(home, 'internal-token'), 'utf8').trim();
    return { [variable]: upstreams[asked[command]], MEDFLOW_INTERNAL_TOKEN: token };
  }
  if (RABBITMQ_URL || MONGODB_URI) return installationOf(home);
  return rabbitUrl ? { RABBITMQ_URL: rabbitUrl, MEDFLOW_INSTALLATION: installation } : { MONGODB_URI: mongoUri };
}

const child = spawn(node, [...nodeOptions, join(root, script), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...nodeEnv, ...runningSystem() },
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
