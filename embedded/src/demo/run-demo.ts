import { freePort } from '@medflow/servers';
import { administratorOf } from '../administrator.js';
import { homePath, recordOf, type RunRecord, runningOn } from '../home.js';
import { start } from '../start.js';
import { fillIn } from './demo.js';

const say = (line: string): void => console.log(`  ${line}`);

/**
 * `npm run demo`: fills in the installation that runs on this data folder, or starts one for as long as it takes.
 * @throws StartupError when none can be started, or the administrator cannot sign in
 */
export async function runDemo(env: NodeJS.ProcessEnv, root: string): Promise<void> {
  const home = homePath(env, root);
  const fill = ({ port, mongoUri }: RunRecord) =>
    fillIn({
      url: `http://127.0.0.1:${port}`,
      mongoUri,
      administrator: administratorOf(env, home),
      paysWithTestCards: !env.STRIPE_SECRET_KEY,
      say,
    });
  const running = await runningOn(home, say);
  if (running) {
    say(`MedFlow runs at http://localhost:${running.port}: filling it in`);
    return fill(running);
  }
  const port = await freePort();
  // Nobody opens the letters of people who do not exist.
  const settings = { MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_VERIFY_EMAIL: 'off' };
  const stop = await start({ ...env, PORT: String(port), HOST: '127.0.0.1', ...settings }, root);
  try {
    await fill(recordOf(home)!);
  } finally {
    await stop();
  }
  say('Now: npm start');
}
