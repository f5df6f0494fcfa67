// npm run bench:mail: letters per second that one process of notifications hands to an SMTP server which takes them at once.
// The letters, each of an account of its own, are in the queue when it starts; contacts are asked of a server as identity's.
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { rmSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { InProcessBus } from '../libs/messaging/dist/index.js';
import { notifications } from '../services/notifications/dist/index.js';
import { Report } from './report.mjs';
import { cpuMs, database, launch, temporaryHome } from './system.mjs';

const LETTERS = Number(process.env.MEDFLOW_BENCH_LETTERS ?? 10_000);
const REPLICAS = Number(process.env.MEDFLOW_BENCH_REPLICAS ?? 1);

/** One process of the service, which takes no events. */
async function replica() {
  const { env } = process;
  const client = await MongoClient.connect(env.MONGODB_URI);
  await notifications.create({
    env,
    mongoUri: env.MONGODB_URI,
    bus: { kind: 'in-process', bus: new InProcessBus(client.db('bus')) },
    port: 0,
    host: '127.0.0.1',
    internalToken: 'bench',
    upstreams: { identity: env.IDENTITY_URL },
  });
  console.log('ready');
  process.once('SIGTERM', () => process.exit(0));
}

/** As much of RFC 5321 as a client needs; counts the messages and remembers when each came. */
function smtpSink() {
  const ids = new Map();
  const times = [];
  const server = createTcpServer((socket) => {
    let pending = '';
    let data = false;
    socket.on('error', () => undefined);
    socket.write('220 sink ESMTP\r\n');
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (;;) {
        const end = data ? '\r\n.\r\n' : '\r\n';
        const at = pending.indexOf(end);
        if (at < 0) return;
        const line = pending.slice(0, at);
        pending = pending.slice(at + end.length);
        if (data) {
          const id = /^Message-ID: (.*)$/im.exec(line)?.[1];
          ids.set(id, (ids.get(id) ?? 0) + 1);
          times.push(performance.now());
        }
        data = !data && /^DATA/i.test(line);
        socket.write(data ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 fine\r\n');
      }
    });
  });
  return { server, ids, times };
}

/** Identity as notifications sees it. */
const contactsServer = () =>
  createServer((request, response) => {
    const id = /accounts\/([^/]+)\/contact/.exec(request.url)?.[1];
    const known = {
      email: `${id}@example.tn`,
      emailVerified: true,
      locale: 'fr',
      firstName: 'Amina',
      lastName: 'Ben Salah',
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(id ? known : { keys: [] }));
  });

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

const letterOf = (n) => {
  const now = new Date();
  const id = `letter-${n}`;
  const notification = {
    ...{ id, accountId: `patient-${n}`, kind: 'appointment-accepted', side: 'patient', otherId: `doctor-${n % 100}` },
    ...{ appointmentId: `appointment-${n}`, startsAt: new Date(now.getTime() + 86_400_000), byReader: false },
    ...{ reason: null, createdAt: now, readAt: null },
  };
  return { _id: id, notification, attempts: 0, queuedAt: now, dueAt: now };
};

async function bench() {
  const home = temporaryHome();
  const engine = await database(home);
  const sink = smtpSink();
  const contacts = contactsServer();
  const [smtpPort, identityPort] = [await listen(sink.server), await listen(contacts)];
  const client = await MongoClient.connect(engine.uri);
  const uri = engine.uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/, '$1/bench_notifications$2');
  const queue = client.db('bench_notifications').collection('mail_queue');
  const processes = [];
  try {
    await queue.deleteMany({});
    for (let from = 0; from < LETTERS; from += 1_000)
      await queue.insertMany(Array.from({ length: Math.min(1_000, LETTERS - from) }, (_, n) => letterOf(from + n)));
    const env = {
      ...{ MONGODB_URI: uri, SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, LOG_LEVEL: 'warn', MEDFLOW_HOME: home },
      IDENTITY_URL: `http://127.0.0.1:${identityPort}`,
    };
    for (let n = 0; n < REPLICAS; n += 1) processes.push(await launch(['bench/mail.mjs', 'replica'], env, /ready/));
    await until(async () => sink.times.length >= LETTERS);
    const cpu = processes.reduce((sum, { pid }) => sum + cpuMs(pid), 0);
    await until(async () => (await queue.countDocuments()) === 0);
    const seconds = (sink.times.at(-1) - sink.times[0]) / 1_000;
    const report = new Report();
    const rate = Math.round(LETTERS / seconds);
    report.add(`Letters handed over, ${REPLICAS} process${REPLICAS > 1 ? 'es' : ''}`, `${rate}/s`, '≥ 500/s each');
    report.add('… processor of each, its start included', `${(cpu / LETTERS).toFixed(2)} ms`);
    report.add('… letters sent twice', String([...sink.ids.values()].filter((times) => times > 1).length), '0');
    report.write({
      command: 'npm run bench:mail',
      title: 'Letters',
      engine: engine.engine,
      how: `${LETTERS} letters of as many accounts lie in the queue; an SMTP server takes each at once, and a server answers as identity does with the contact.`,
    });
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
    await client.close();
    await engine.stop?.();
    sink.server.close();
    contacts.close();
    contacts.closeAllConnections();
    rmSync(home, { recursive: true, force: true });
  }
}

async function until(holds) {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

if (process.argv[2] === 'replica') await replica();
else await bench();
