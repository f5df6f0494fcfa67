import { join } from 'node:path';
import { clientOptions, databaseUri } from '@medflow/service-kit';
import { MongoStore, startTestProvider, type WebhookFaults, webhookFaultsOf } from '@medflow/test-provider';
import { keptSecret, StartupError } from '@medflow/servers';
import { MongoClient } from 'mongodb';

export const TEST_PROVIDER_PORT = 3009;

/** What billing and the gateway need to know of the test provider. */
export type ProviderEnvironment = Record<
  | 'MEDFLOW_TEST_PROVIDER_URL'
  | 'MEDFLOW_TEST_PROVIDER_SECRET_KEY'
  | 'MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY'
  | 'MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET',
  string
>;

export interface HostedProvider {
  environment: ProviderEnvironment;
  stop(): Promise<void>;
}

/** Shared by the processes of one installation: what is in the environment, else kept in the data folder. */
export function providerEnvironment(env: NodeJS.ProcessEnv, home: string, url: string): ProviderEnvironment {
  const secret = keptSecret(join(home, 'test-provider-secret'));
  return {
    MEDFLOW_TEST_PROVIDER_URL: env.MEDFLOW_TEST_PROVIDER_URL ?? url,
    MEDFLOW_TEST_PROVIDER_SECRET_KEY: env.MEDFLOW_TEST_PROVIDER_SECRET_KEY ?? `sk_test_${secret}`,
    MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY: env.MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY ?? 'pk_test_medflow',
    MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET: env.MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET ?? `whsec_${secret}`,
  };
}

/**
 * The stand-in for Stripe, its state in a database of its own.
 * @param webhookUrl read at each delivery; undefined while billing is not there yet
 * @throws StartupError when `MEDFLOW_TEST_PROVIDER_WEBHOOKS` does not describe faults
 */
export async function hostTestProvider(
  env: NodeJS.ProcessEnv,
  home: string,
  mongoUri: string,
  { port = 0, webhookUrl }: { port?: number; webhookUrl: () => string | undefined },
): Promise<HostedProvider> {
  const faults = faultsOf(env.MEDFLOW_TEST_PROVIDER_WEBHOOKS);
  const uri = databaseUri(mongoUri, 'test_provider');
  const client = await MongoClient.connect(uri, clientOptions(uri));
  try {
    const keys = providerEnvironment(env, home, '');
    const provider = await startTestProvider({
      secretKey: keys.MEDFLOW_TEST_PROVIDER_SECRET_KEY,
      publishableKey: keys.MEDFLOW_TEST_PROVIDER_PUBLISHABLE_KEY,
      webhookSecret: keys.MEDFLOW_TEST_PROVIDER_WEBHOOK_SECRET,
      store: new MongoStore(client.db()),
      port,
      webhookUrl,
      webhookFaults: faults,
    });
    return {
      environment: { ...keys, MEDFLOW_TEST_PROVIDER_URL: provider.url },
      stop: async () => {
        await provider.stop();
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

function faultsOf(setting: string | undefined): WebhookFaults {
  try {
    return webhookFaultsOf(JSON.parse(setting || '{}'));
  } catch (error) {
    throw new StartupError(
      `MEDFLOW_TEST_PROVIDER_WEBHOOKS cannot be used (${(error as Error).message}): ${setting}. An example: {"duplicate":0.3,"drop":0.1}`,
    );
  }
}
