import { GenericContainer, Wait } from 'testcontainers';

export interface ContainerServers {
  mongoUri: string;
  rabbitUrl: string;
  stop(): Promise<void>;
}

const STARTED_WITHIN_MS = 120_000;

/**
 * MongoDB as a replica set of one, and RabbitMQ, in containers of their own.
 * @throws Error when there is no Docker engine, or an image cannot be had
 */
export async function startContainers(): Promise<ContainerServers> {
  const mongo = new GenericContainer('mongo:7')
    .withCommand(['mongod', '--replSet', 'medflow', '--bind_ip_all'])
    .withExposedPorts(27017)
    .withStartupTimeout(STARTED_WITHIN_MS)
    .withWaitStrategy(Wait.forListeningPorts());
  const rabbit = new GenericContainer('rabbitmq:3.13-management')
    .withExposedPorts(5672)
    .withStartupTimeout(STARTED_WITHIN_MS)
    .withWaitStrategy(Wait.forListeningPorts());
  const started = await Promise.allSettled([mongo.start(), rabbit.start()]);
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async () => {
    await Promise.all(running.map((container) => container.stop()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  const [database, broker] = running;
  if (failed || !database || !broker) {
    await stop();
    throw failed?.reason ?? new Error('a container did not start');
  }
  // A server that needs no initiation, or had it, refuses; the first transaction would tell of anything else.
  await database.exec([
    'mongosh',
    '--quiet',
    '--eval',
    "rs.initiate({ _id: 'medflow', members: [{ _id: 0, host: '127.0.0.1:27017' }] })",
  ]);
  return {
    mongoUri: `mongodb://${database.getHost()}:${database.getMappedPort(27017)}/?directConnection=true`,
    rabbitUrl: `amqp://${broker.getHost()}:${broker.getMappedPort(5672)}`,
    stop,
  };
}
