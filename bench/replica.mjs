// One replica of scheduling as far as its outbox goes: commits facts at an even pace and tells when each was committed.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { appointmentRequestedV1, contracts, topology } from '../libs/contracts/dist/index.js';
import { connectBus, MessagingModule, Outbox } from '../libs/messaging/dist/index.js';
import { MongoModule, MongoTransactions, Readiness } from '../libs/service-kit/dist/index.js';

const require = createRequire(new URL('../services/scheduling/package.json', import.meta.url));
const { NestFactory } = require('@nestjs/core');
const { FastifyAdapter } = require('@nestjs/platform-fastify');

const [mongoUri, url, namespace, perSecond, seconds] = process.argv.slice(2);
const host = {
  module: class Host {},
  imports: [
    MongoModule.forService(mongoUri),
    MessagingModule.forService({ service: 'scheduling', contracts, topology, bus: { kind: 'amqp', url, namespace } }),
  ],
  providers: [Readiness],
};
const app = await NestFactory.create(host, new FastifyAdapter(), { logger: false });
await connectBus(app);
await app.init();
const transactions = app.get(MongoTransactions);
const outbox = app.get(Outbox);
const now = () => performance.timeOrigin + performance.now();

const committed = [];
const commit = async (subject) => {
  await transactions.run(async () => {
    const data = { ...appointmentRequestedV1.example, appointmentId: subject };
    await outbox.append([{ contract: appointmentRequestedV1, subject, sequence: 1, data }]);
    transactions.afterCommit(() => committed.push([subject, now()]));
  });
};

process.send('ready');
process.once('message', async () => {
  const total = perSecond * seconds;
  const begun = performance.now();
  const under = [];
  for (let n = 0; n < total; n += 1) {
    const wait = begun + (n * 1_000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(commit(`${process.pid}-${n}`));
  }
  await Promise.all(under);
  // What is committed last is still to be published.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  process.send(committed);
  await app.close();
  process.disconnect();
});
