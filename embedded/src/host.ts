import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { topology } from '@medflow/contracts';
import { adoptQueues, type BusConfig, InProcessBus } from '@medflow/messaging';
import type { Broker, Database } from '@medflow/servers';
import {
  clientOptions,
  databaseUri,
  type RunningService,
  type ServiceConfig,
  type ServiceDefinition,
} from '@medflow/service-kit';
import { MongoClient } from 'mongodb';
import { hostTestProvider } from './payment-provider.js';

export interface HostOptions {
  env: NodeJS.ProcessEnv;
  home: string;
  root: string;
  internalToken: string;
  installation: string;
  /** Of the gateway. */
  port: number;
  services: ServiceDefinition[];
  gateway: ServiceDefinition;
  database: Database;
  broker: Broker;
}

export interface Host {
  /** Where each service listens. */
  upstreams: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Every service as an application of its own, with its own database and queues, in this one process. */
export async function hostAll(options: HostOptions): Promise<Host> {
  const { env, home, root, internalToken, installation, port, services, gateway, database, broker } = options;
  const local = await busOf(broker, database.uri, installation);
  // Known once each listens; read by the others when they call.
  const upstreams: Record<string, string> = {};
  const neighbours: Record<string, RequestListener> = {};
  const webhookUrl = () => upstreams.billing && `${upstreams.billing}/payments/webhook`;
  const provider = env.STRIPE_SECRET_KEY ? undefined : await hostTestProvider(env, home, database.uri, { webhookUrl });
  const configOf = (name: string): ServiceConfig => ({
    env: {
      ...env,
      ...provider?.environment,
      LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
      MEDFLOW_EMBEDDED: '1',
      MEDFLOW_HOME: home,
      PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${port}`,
      WEB_ROOT: env.WEB_ROOT ?? join(root, 'web/dist'),
    },
    mongoUri: databaseUri(database.uri, name),
    bus: local.config,
    port: 0,
    host: '127.0.0.1',
    internalToken,
    installation,
    upstreams,
  });
  const running: RunningService[] = [];
  const stop = async () => {
    // The gateway first: nobody is let in while the services finish what they have.
    for (const service of running.reverse().splice(0, 1)) await service.close();
    const closed = await Promise.allSettled(running.map((service) => service.close()));
    await provider?.stop();
    await local.close();
    for (const result of closed) if (result.status === 'rejected') throw result.reason;
  };
  try {
    await Promise.all(
      services.map(async (service) => {
        const instance = await service.create(configOf(service.name));
        upstreams[service.name] = `http://127.0.0.1:${instance.port}`;
        neighbours[service.name] = instance.listener;
        running.push(instance);
      }),
    );
    // The one port that is known answers for all of them.
    const checks = Object.fromEntries(services.map(({ name }) => [name, () => isReady(upstreams[name]!)]));
    const config = { ...configOf('gateway'), mongoUri: '', port, host: env.HOST ?? '0.0.0.0', checks, neighbours };
    running.push(await gateway.create(config));
  } catch (error) {
    await stop();
    throw error;
  }
  return { upstreams, stop };
}

/** @throws Error with what the service waits for */
async function isReady(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  const wrong = Object.entries(checks).filter(([, state]) => state !== 'ok');
  if (!response.ok) throw new Error(wrong.map(([name, state]) => `${name}: ${state}`).join(', ') || 'not ready');
}

async function busOf(
  broker: Broker,
  uri: string,
  installation: string,
): Promise<{ config: ServiceConfig['bus']; close(): Promise<void> }> {
  if (broker.kind === 'amqp') {
    if (broker.origin === 'started') await adoptQueues(broker.url, topology, installation);
    const config = { kind: 'amqp', url: broker.url, namespace: installation, sole: true } satisfies BusConfig;
    return { config, close: async () => undefined };
  }
  const busUri = databaseUri(uri, 'bus');
  const client = await MongoClient.connect(busUri, clientOptions(busUri));
  const bus = new InProcessBus(client.db());
  return {
    config: { kind: 'in-process', bus, sole: true },
    close: async () => {
      await bus.close();
      await client.close();
    },
  };
}
