// Gives the integration suites MONGODB_URI and RABBITMQ_URL: what the variables name, else containers where a Docker
// engine answers, else local servers as embedded mode finds them. MEDFLOW_TEST_SERVERS=containers|local insists on one.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'node_modules/.cache/medflow-test');

const dockerAnswers = () => spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0;

async function containers() {
  const { startContainers } = await import('../dist/containers.js');
  const { mongoUri, rabbitUrl, stop } = await startContainers();
  process.env.MONGODB_URI ??= mongoUri;
  process.env.RABBITMQ_URL ??= rabbitUrl;
  return [stop];
}

async function local() {
  const { findBroker, findDatabase } = await import('../../servers/dist/index.js');
  for (const data of ['database/secantus', 'database/mongod', 'rabbitmq'])
    rmSync(join(folder, data), { recursive: true, force: true });
  const say = (line) => console.log(`  ${line}`);
  const env = process.env;
  const [database, broker] = await Promise.all([
    findDatabase({ env, folder: join(folder, 'database'), say }),
    // Never somebody else's broker: suites restart theirs.
    findBroker({ env, folder: join(folder, 'rabbitmq'), say, localUrl: 'amqp://127.0.0.1:1' }),
  ]);
  process.env.MONGODB_URI = database.uri;
  if (broker.kind === 'amqp') process.env.RABBITMQ_URL = broker.url;
  if (broker.kind === 'amqp' && broker.restart) process.env.RABBITMQ_RESTART = broker.restart;
  return [database.stop, broker.stop];
}

export default async function setup() {
  const wanted = process.env.MEDFLOW_TEST_SERVERS;
  const given = process.env.MONGODB_URI && process.env.RABBITMQ_URL;
  const useContainers = !given && (wanted === 'containers' || (wanted !== 'local' && dockerAnswers()));
  globalThis.medflowTestServers = useContainers
    ? await containers().catch((error) => {
        if (wanted === 'containers') throw error;
        console.log(`  containers could not be started (${error.message}): local servers instead`);
        return local();
      })
    : await local();
}
