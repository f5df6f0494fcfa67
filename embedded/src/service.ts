import { join } from 'node:path';
import { findBroker, findDatabase, StartupError } from '@medflow/servers';
import { defaultPorts } from '@medflow/service-kit';
import { openHome } from './home.js';

/**
 * One service alone, as Kubernetes runs it: the same `main.js`, in this process. Settings that Kubernetes would give are
 * filled in from this machine's data folder.
 * @throws StartupError
 */
export async function startService(name: string | undefined, env: NodeJS.ProcessEnv, root: string): Promise<void> {
  const names = Object.keys(defaultPorts);
  if (!name || !names.includes(name))
    throw new StartupError(`Which service? npm run service <name>, with one of: ${names.join(', ')}.`);
  const home = openHome(env, root, { exclusive: false });
  env.MEDFLOW_INTERNAL_TOKEN ??= home.internalToken;
  env.MEDFLOW_HOME ??= home.path;
  env.WEB_ROOT ??= join(root, 'web/dist');
  if (name !== 'gateway' && !env.MONGODB_URI) {
    throw new StartupError(
      'MONGODB_URI is not set: several processes need one database server to share (docker compose up -d mongo starts one).',
    );
  }
  const say = (line: string): void => console.log(`  ${line}`);
  if (name !== 'gateway') await findDatabase({ env, folder: home.path, say });
  if (!env.RABBITMQ_URL)
    throw new StartupError(
      'RABBITMQ_URL is not set: several processes need one broker to share (docker compose up -d rabbitmq starts one).',
    );
  await findBroker({ env, folder: home.path, say });
  const folder = name === 'gateway' ? 'gateway' : `services/${name}`;
  await import(join(root, folder, 'dist/main.js'));
}
