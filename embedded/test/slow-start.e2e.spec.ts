import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findDatabase } from '@medflow/servers';
import { afterEach, expect, it } from '@jest/globals';
import { killAllOn } from './processes.js';
import { System, temporaryHome } from './system.js';

/** Loading the services takes so long on a busy machine, and nothing else happens meanwhile. */
const LOADING_MS = 7_000;
const slowToLoad = `
  import { registerHooks } from 'node:module';
  let waited = false;
  registerHooks({
    load(url, context, next) {
      if (!waited && url.includes('/services/identity/')) {
        waited = true;
        for (const until = Date.now() + ${LOADING_MS}; Date.now() < until;);
      }
      return next(url, context);
    },
  });`;

let home: string;
afterEach(async () => {
  await killAllOn(home);
  rmSync(home, { recursive: true, force: true });
}, 60_000);

it('a database that is given is found although the services are slow to load', async () => {
  home = await temporaryHome();
  const database = await findDatabase({
    env: { PATH: process.env.PATH, MEDFLOW_HOME: home },
    folder: join(home, 'database'),
    say: () => undefined,
  });
  const preload = `--import=data:text/javascript,${encodeURIComponent(slowToLoad)}`;
  const system = await System.start('embedded', { home, env: { MONGODB_URI: database.uri, NODE_OPTIONS: preload } });
  expect((await fetch(`${system.url}/readyz`)).status).toBe(200);
  await system.stop();
  await database.stop();
}, 120_000);
