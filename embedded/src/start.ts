import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBroker, findDatabase, findRelay, StartupError } from '@medflow/servers';
import { administratorOf } from './administrator.js';
import { checkPort, openHome, recordFile, type RunRecord } from './home.js';
import { hostAll } from './host.js';

const say = (line: string): void => console.log(`  ${line}`);

/** Loaded while the database starts: it is most of the start-up time. */
const loadServices = async () => {
  const [
    { identity },
    { profiles },
    { scheduling },
    { billing },
    { notifications },
    { feedback },
    { records },
    { consultations },
    { gateway },
  ] = await Promise.all([
    import('@medflow/identity'),
    import('@medflow/profiles'),
    import('@medflow/scheduling'),
    import('@medflow/billing'),
    import('@medflow/notifications'),
    import('@medflow/feedback'),
    import('@medflow/records'),
    import('@medflow/consultations'),
    import('@medflow/gateway'),
  ]);
  return {
    services: [identity, profiles, scheduling, billing, notifications, feedback, records, consultations],
    gateway,
  };
};

/**
 * The whole product in this process, with a database and a bus found or started.
 * @returns stops everything that was started
 * @throws StartupError
 */
export async function start(env: NodeJS.ProcessEnv, root: string): Promise<() => Promise<void>> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const one of stops.reverse().splice(0)) {
      try {
        await one();
      } catch (error) {
        // What comes after must be stopped all the same, the database above all.
        console.error(`  not closed cleanly: ${(error as Error).message}`);
      }
    }
  };
  try {
    const home = await openHome(env, root, { say });
    stops.push(home.release);
    const port = await checkPort(env);
    const administrator = administratorOf(env, home.path);
    const finding = {
      database: findDatabase({ env, folder: join(home.path, 'database'), say, supervise: true }),
      broker: findBroker({
        env,
        folder: join(home.path, 'rabbitmq'),
        say,
        supervise: true,
        installation: home.installation,
      }),
      relay: findRelay({ env, folder: join(home.path, 'relay'), say, supervise: true }),
    };
    const servers = Promise.allSettled([finding.database, finding.broker, finding.relay]);
    // Servers that are given answer at once, and are not believed to be silent because loading keeps us from listening.
    await Promise.allSettled([env.MONGODB_URI && finding.database, env.RABBITMQ_URL && finding.broker]);
    const [loaded] = await Promise.allSettled([loadServices()]);
    const [database, broker, relay] = await servers;
    for (const server of [database, broker, relay])
      if (server.status === 'fulfilled' && server.value) stops.push(server.value.stop);
    const settled = [database, broker, relay, loaded].find((result) => result.status === 'rejected');
    if (settled) throw (settled as PromiseRejectedResult).reason;
    const parts = { database: fulfilled(database), broker: fulfilled(broker), ...fulfilled(loaded) };
    say(
      `database: ${parts.database.engine} · bus: ${parts.broker.kind === 'amqp' ? 'RabbitMQ' : 'in-process'} · data: ${home.path}`,
    );
    const settings = {
      ...env,
      ...fulfilled(relay)?.environment,
      MEDFLOW_ADMIN_EMAIL: administrator.email,
      MEDFLOW_ADMIN_PASSWORD: administrator.password,
    };
    const host = await hostAll({
      env: settings,
      home: home.path,
      root,
      internalToken: home.internalToken,
      installation: home.installation,
      port,
      ...parts,
    });
    stops.push(host.stop);
    const record: RunRecord = {
      pid: process.pid,
      port,
      mongoUri: parts.database.uri,
      upstreams: host.upstreams,
      installation: home.installation,
      ...(parts.broker.kind === 'amqp' && { rabbitUrl: parts.broker.url }),
    };
    const file = recordFile(home.path);
    writeFileSync(file, JSON.stringify(record), { mode: 0o600 });
    stops.push(() => rmSync(file, { force: true }));
    if (administrator.isNew)
      say(`administrator: ${administrator.email} · password: ${administrator.password} (kept in ${home.path})`);
    console.log(`MedFlow ready at http://localhost:${port}`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function fulfilled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw new StartupError(String(result.reason));
  return result.value;
}
