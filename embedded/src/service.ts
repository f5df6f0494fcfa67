import { join } from 'node:path';
import { findBroker, findDatabase, StartupError } from '@medflow/servers';
import { defaultPorts } from '@medflow/service-kit';
import { openHome } from './home.js';
import { hostTestProvider, providerEnvironment, TEST_PROVIDER_PORT } from './payment-provider.js';

const TEST_PROVIDER = 'test-provider';

/**
 * One service alone, as Kubernetes runs it: the same `main.js`, in this process. Settings that Kubernetes would give are
 * filled in from this machine's data folder.
 * @throws StartupError
 */
export async function startService(name: string | undefined, env: NodeJS.ProcessEnv, root: string): Promise<void> {
  const names = [...Object.keys(defaultPorts), TEST_PROVIDER];
  if (!name || !names.includes(name))
    throw new StartupError(`Which service? npm run service <name>, with one of: ${names.join(', ')}.`);
  const home = await openHome(env, root, { exclusive: false });
  env.MEDFLOW_INTERNAL_TOKEN ??= home.internalToken;
  env.MEDFLOW_INSTALLATION ??= home.installation;
  env.MEDFLOW_HOME ??= home.path;
  env.WEB_ROOT ??= join(root, 'web/dist');
  if (name !== 'gateway' && !env.MONGODB_URI) {
    throw new StartupError(
      'MONGODB_URI is not set: several processes need one database server to share (docker compose up -d mongo starts one).',
    );
  }
  const say = (line: string): void => console.log(`  ${line}`);
  if (name === TEST_PROVIDER) return runTestProvider(env, home.path);
  if (!env.STRIPE_SECRET_KEY && (name === 'billing' || name === 'gateway')) {
    Object.assign(env, providerEnvironment(env, home.path, `http://127.0.0.1:${TEST_PROVIDER_PORT}`));
    if (name === 'billing' && !(await answers(env.MEDFLOW_TEST_PROVIDER_URL!))) {
      say(`payments: the test provider answers nowhere yet, so it runs in this process (port ${TEST_PROVIDER_PORT})`);
      await startProvider(env, home.path);
    }
  }
  if (name !== 'gateway') await findDatabase({ env, folder: home.path, say });
  if (!env.RABBITMQ_URL)
    throw new StartupError(
      'RABBITMQ_URL is not set: several processes need one broker to share (docker compose up -d rabbitmq starts one).',
    );
  await findBroker({ env, folder: home.path, say });
  const folder = name === 'gateway' ? 'gateway' : `services/${name}`;
  await import(join(root, folder, 'dist/main.js'));
}

const billingUrl = (env: NodeJS.ProcessEnv) => env.BILLING_URL ?? `http://127.0.0.1:${defaultPorts.billing}`;

const startProvider = (env: NodeJS.ProcessEnv, home: string) =>
  hostTestProvider(env, home, env.MONGODB_URI!, {
    port: Number(new URL(env.MEDFLOW_TEST_PROVIDER_URL ?? `http://127.0.0.1:${TEST_PROVIDER_PORT}`).port),
    webhookUrl: () => `${billingUrl(env)}/payments/webhook`,
  });

async function runTestProvider(env: NodeJS.ProcessEnv, home: string): Promise<void> {
  const provider = await startProvider({ ...env, MEDFLOW_TEST_PROVIDER_URL: portUrl(env) }, home);
  console.log(`test-provider ready at ${provider.environment.MEDFLOW_TEST_PROVIDER_URL}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void provider.stop().finally(() => process.exit(0)));
  }
}

const portUrl = (env: NodeJS.ProcessEnv) => `http://127.0.0.1:${env.PORT ?? TEST_PROVIDER_PORT}`;

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    () => true,
    () => false,
  );
}
