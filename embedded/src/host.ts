import { join } from 'node:path';
import { InProcessBus } from '@medflow/messaging';
import type { Broker, Database } from '@medflow/servers';
import { databaseUri, type RunningService, type ServiceConfig, type ServiceDefinition } from '@medflow/service-kit';
import { MongoClient } from 'mongodb';
import { hostTestProvider } from './payment-provider.js';

export interface HostOptions {
  env: NodeJS.ProcessEnv;
  home: string;
  root: string;
  internalToken: string;
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
  const { env, home, root, internalToken, port, services, gateway, database, broker } = options;
  const local = await busOf(broker, database.uri);
  // Known once each listens; read by the others when they call.
  const upstreams: Record<string, string> = {};
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
        running.push(instance);
      }),
    );
    running.push(await gateway.create({ ...configOf('gateway'), mongoUri: '', port, host: env.HOST ?? '0.0.0.0' }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { upstreams, stop };
}

async function busOf(broker: Broker, uri: string): Promise<{ config: ServiceConfig['bus']; close(): Promise<void> }> {
  if (broker.kind === 'amqp')
    return { config: { kind: 'amqp', url: broker.url, sole: true }, close: async () => undefined };
  const client = await MongoClient.connect(databaseUri(uri, 'bus'));
  const bus = new InProcessBus(client.db());
  return {
    config: { kind: 'in-process', bus, sole: true },
    close: async () => {
      await bus.close();
      await client.close();
    },
  };
}
