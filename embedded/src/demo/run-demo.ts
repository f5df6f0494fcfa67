import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '@medflow/servers';
import { administratorOf } from '../administrator.js';
import { type RunRecord, start } from '../start.js';
import { fillIn } from './demo.js';

const say = (line: string): void => console.log(`  ${line}`);

/** The installation of this data folder that runs now, if any. */
function running(home: string): RunRecord | undefined {
  const file = join(home, 'run.json');
  if (!existsSync(file)) return undefined;
  const record = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  try {
    process.kill(record.pid, 0);
    return record;
  } catch {
    return undefined;
  }
}

/**
 * `npm run demo`: fills in the installation that runs on this data folder, or starts one for as long as it takes.
 * @throws StartupError when none can be started
 */
export async function runDemo(env: NodeJS.ProcessEnv, root: string): Promise<void> {
  const home = resolve(env.MEDFLOW_HOME ?? join(root, '.medflow'));
  const present = running(home);
  const paysWithTestCards = !env.STRIPE_SECRET_KEY;
  if (present) {
    say(`MedFlow runs at http://localhost:${present.port}: filling it in`);
    await fillIn({
      url: `http://127.0.0.1:${present.port}`,
      mongoUri: present.mongoUri,
      administrator: administratorOf(env, home),
      paysWithTestCards,
      say,
    });
    return;
  }
  const port = await freePort();
  // Nobody opens the letters of people who do not exist.
  const settings = { MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_VERIFY_EMAIL: 'off' };
  const stop = await start({ ...env, PORT: String(port), HOST: '127.0.0.1', ...settings }, root);
  try {
    const { mongoUri } = running(home)!;
    await fillIn({
      url: `http://127.0.0.1:${port}`,
      mongoUri,
      administrator: administratorOf(env, home),
      paysWithTestCards,
      say,
    });
  } finally {
    await stop();
  }
  say('Now: npm start');
}
