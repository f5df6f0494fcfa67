// How long a fact waits from its commit until it is at the broker, with three replicas of scheduling that all commit.
//   npm run bench:replicas -- [events per second and replica, default 20] [seconds, default 30]
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { topology } from '../libs/contracts/dist/index.js';
import { findBroker } from '../libs/servers/dist/index.js';
import { database, root, temporaryHome } from './system.mjs';

const [perSecond = '20', seconds = '30'] = process.argv.slice(2);
const REPLICAS = 3;
const GOAL_MS = 50;
const now = () => performance.timeOrigin + performance.now();
const say = (line) => console.log(`  ${line}`);
const namespace = `bench${Date.now()}`;

const home = temporaryHome();
const mongo = await database(home);
const folder = process.env.RABBITMQ_URL ? home : join(root, 'node_modules/.cache/medflow-test/rabbitmq');
const broker = await findBroker({ env: process.env, folder, say, localUrl: 'amqp://127.0.0.1:1' });
if (broker.kind !== 'amqp') throw new Error('there is no RabbitMQ: set RABBITMQ_URL');

const uri = new URL(mongo.uri);
uri.pathname = `/${namespace}`;
const replicas = [];
for (let n = 0; n < REPLICAS; n += 1) {
  const args = [uri.toString(), broker.url, namespace, perSecond, seconds];
  const child = fork(join(import.meta.dirname, 'replica.mjs'), args);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`a replica ended with ${code}`)));
  });
  replicas.push(child);
}

const model = await connect(broker.url);
const channel = await model.createChannel();
const { queue } = await channel.assertQueue('', { exclusive: true });
await channel.bindQueue(queue, `${namespace}.medflow`, '#');
const arrived = new Map();
let doubled = 0;
await channel.consume(
  queue,
  ({ properties }) => {
    const subject = properties.headers['x-subject'];
    if (arrived.has(subject)) doubled += 1;
    else arrived.set(subject, now());
  },
  { noAck: true },
);

const results = await Promise.all(
  replicas.map((child) => {
    child.removeAllListeners('exit');
    const answer = new Promise((resolve) => child.once('message', resolve));
    child.send('go');
    return answer;
  }),
);
await new Promise((resolve) => setTimeout(resolve, 2_000));

const delays = results.map((committed) => committed.map(([subject, at]) => (arrived.get(subject) ?? Infinity) - at));
const percentile = (of, share) => of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * share))];
const line = (name, of) =>
  say(
    `${name}: ${of.length} events, p50 ${percentile(of, 0.5).toFixed(1)} ms, p99 ${percentile(of, 0.99).toFixed(1)} ms`,
  );
console.log(`\nCommit to broker, ${REPLICAS} replicas, ${perSecond} events/s each, ${mongo.engine ?? 'MongoDB'}`);
for (const [index, of] of delays.entries()) line(`replica ${index + 1}`, of);
const all = delays.flat();
line('all', all);
say(`${all.filter((ms) => ms === Infinity).length} missing, ${doubled} doubled`);

for (const name of Object.keys(topology))
  for (const suffix of ['', '.dead']) await channel.deleteQueue(`${namespace}.${name}${suffix}`);
await model.close();
await broker.stop?.();
await mongo.stop?.();
rmSync(home, { recursive: true, force: true });
if (percentile(all, 0.99) > GOAL_MS) process.exitCode = 1;
