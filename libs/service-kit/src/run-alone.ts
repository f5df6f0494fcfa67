import { installationOf } from './installation.js';
import { catchUnhandled } from './last-resort.js';
import { databaseUri } from './mongo/database-uri.js';
import type { ServiceConfig, ServiceDefinition } from './service-definition.js';
import { SettingError } from './setting-error.js';

/** Ports of the processes when each service runs alone; `PORT` and `<NAME>_URL` override. */
export const defaultPorts: Readonly<Record<string, number>> = {
  gateway: 3000,
  identity: 3001,
  profiles: 3002,
  scheduling: 3003,
  notifications: 3004,
  billing: 3005,
  feedback: 3006,
  records: 3007,
  consultations: 3008,
};

const OPERATIONS_PORT = 3010;

/**
 * The configuration of one service in its own process.
 * @throws SettingError naming the variable
 */
export function configFromEnvironment(name: string, env: NodeJS.ProcessEnv): ServiceConfig {
  const required = (variable: string): string => {
    const value = env[variable];
    if (!value) throw new SettingError(`${variable} is not set: ${name} cannot start without it.`);
    return value;
  };
  const installation = installationOf(env);
  return {
    env,
    installation,
    mongoUri: name === 'gateway' ? '' : databaseUri(required('MONGODB_URI'), name),
    bus: { kind: 'amqp', url: required('RABBITMQ_URL'), namespace: installation },
    port: portOf(env, 'PORT', defaultPorts[name] ?? 3000),
    host: env.HOST ?? '0.0.0.0',
    ...(name === 'gateway' && { operationsPort: portOf(env, 'MEDFLOW_OPERATIONS_PORT', OPERATIONS_PORT) }),
    internalToken: required('MEDFLOW_INTERNAL_TOKEN'),
    upstreams: Object.fromEntries(
      Object.entries(defaultPorts).map(([peer, at]) => [
        peer,
        env[`${peer.toUpperCase()}_URL`] ?? `http://127.0.0.1:${at}`,
      ]),
    ),
  };
}

/** @throws SettingError */
function portOf(env: NodeJS.ProcessEnv, variable: string, otherwise: number): number {
  const port = Number(env[variable] || otherwise);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new SettingError(`${variable} is no port number: ${env[variable]}`);
  return port;
}

/** The whole of a service's `main.ts`: start, drain on SIGTERM or SIGINT, one sentence and exit code 1 when it cannot. */
export async function runAlone(definition: ServiceDefinition): Promise<void> {
  try {
    const running = await definition.create(configFromEnvironment(definition.name, process.env));
    console.log(`MedFlow ${definition.name} ready at http://localhost:${running.port}`);
    const stop = (code: number) => {
      setTimeout(() => process.exit(1), 10_000).unref();
      void running.close().then(
        () => process.exit(code),
        () => process.exit(1),
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(0));
    catchUnhandled(() => stop(1));
  } catch (error) {
    console.error(
      error instanceof SettingError
        ? error.message
        : `MedFlow ${definition.name} could not start: ${(error as Error).message}`,
    );
    process.exit(1);
  }
}
