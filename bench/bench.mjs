// npm run bench: what MedFlow costs beside the bare minimum, measured in one run on one database; the figures go to
// docs/measurements.md. Options by environment: SECONDS for each round (8), MONGODB_URI.
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { bareBookings } from './bare.mjs';
import { measurePayments } from './payments.mjs';
import { call, couples, flood, percentile } from './client.mjs';
import { Report } from './report.mjs';
import { cpuMs, database, forget, launch, listeningPorts, residentMb, startMedFlow, temporaryHome } from './system.mjs';

const ROUND_MS = Number(process.env.SECONDS ?? 8) * 1000;
const ROUNDS = 3;
const WIDTH = 16;
const administrator = { email: 'admin@medflow.test', password: 'Une-clef-pour-les-essais-7' };
const median = (values) => percentile(values, 0.5);
const figures = new Report();
const report = (what, figure, bound) => figures.add(what, figure, bound);

/** Slots of all couples in turn, each once. */
function* turns(people) {
  for (let at = 0; at < people[0].slots.length; at += 1)
    for (const { doctor, patient, slots } of people) if (slots[at]) yield { doctor, patient, slot: slots[at] };
}

function* bookings(queue, url) {
  for (const { patient, slot } of queue)
    yield async () => {
      const { status, text } = await call('POST', `${url}/api/v1/appointments`, {
        token: patient.token,
        body: { slotId: slot.id },
      });
      if (status !== 201) throw new Error(`booking: ${status} ${text}`);
    };
}

let minute = Date.UTC(2030, 0, 1);
const bareBooking = () => ({
  doctorId: 'doctor-of-the-bench',
  patientId: 'patient-of-the-bench',
  startsAt: (minute += 1_800_000),
  minutes: 30,
});
function* bareTasks(book) {
  for (;;) yield () => book(bareBooking());
}

/** Waits until the process has used next to nothing for half a second: all that followed is done. */
async function calm(pid) {
  for (let before = cpuMs(pid); ;) {
    await sleep(500);
    const now = cpuMs(pid);
    if (now - before < 25) return;
    before = now;
  }
}

async function measureBookings(medflow, db, queue) {
  const bare = await bareBookings(db.uri);
  const rates = { bare: [], medflow: [] };
  const cpu = { answered: [], drained: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const plain = await flood(bareTasks(bare.book), WIDTH, ROUND_MS);
    await calm(medflow.pid);
    const before = cpuMs(medflow.pid);
    const ours = await flood(bookings(queue, medflow.url), WIDTH, ROUND_MS);
    const answered = cpuMs(medflow.pid);
    await calm(medflow.pid);
    // The first round warms up.
    if (round === 0) continue;
    rates.bare.push((plain.done * 1000) / plain.ms);
    rates.medflow.push((ours.done * 1000) / ours.ms);
    cpu.answered.push((answered - before) / ours.done);
    cpu.drained.push((cpuMs(medflow.pid) - before) / ours.done);
  }
  await bare.drop();
  const [plain, ours] = [median(rates.bare), median(rates.medflow)];
  report('Bookings through the gateway', `${ours.toFixed(0)}/s`);
  report('Same writes, plain driver', `${plain.toFixed(0)}/s`);
  report('Ratio', (ours / plain).toFixed(2), '≥ 0.8');
  return { answered: median(cpu.answered), drained: median(cpu.drained) };
}

async function measureCpu(db, ours) {
  const bare = await launch(['bench/bare.mjs', db.uri], {}, /port (\d+)/);
  const url = `http://127.0.0.1:${bare.line[1]}/appointments`;
  function* tasks() {
    for (;;) yield () => call('POST', url, { body: bareBooking() });
  }
  await flood(tasks(), WIDTH, ROUND_MS / 2);
  const before = cpuMs(bare.pid);
  const { done } = await flood(tasks(), WIDTH, ROUND_MS);
  const plain = (cpuMs(bare.pid) - before) / done;
  await bare.stop();
  report('CPU of a booking, bare Fastify + driver', `${plain.toFixed(2)} ms`);
  report(
    'CPU of a booking, MedFlow until the last answer',
    `${ours.answered.toFixed(2)} ms, ${(ours.answered / plain).toFixed(1)} ×`,
    '≤ 3 ×',
  );
  report(
    '… with the notifications and letters that follow',
    `${ours.drained.toFixed(2)} ms, ${(ours.drained / plain).toFixed(1)} ×`,
  );
}

async function measureReads(medflow, { doctor, patient }) {
  const slots = `/doctors/${doctor.id}/slots`;
  let direct;
  for (const port of listeningPorts(medflow.pid)) {
    const url = `http://127.0.0.1:${port}`;
    if (url !== medflow.url && (await call('GET', url + slots)).status === 200) direct = url;
  }
  const time = async (url) => {
    const at = performance.now();
    const { status } = await call('GET', url, { token: patient.token });
    if (status !== 200) throw new Error(`GET ${url}: ${status}`);
    return performance.now() - at;
  };
  for (const [name, path] of [
    ['own appointments', '/appointments'],
    ['a week of slots', slots],
  ]) {
    const spent = { gateway: [], service: [] };
    for (let i = 0; i < 600; i += 1) {
      spent.gateway.push(await time(`${medflow.url}/api/v1${path}`));
      spent.service.push(await time(direct + path));
    }
    const [through, at] = [median(spent.gateway.slice(100)), median(spent.service.slice(100))];
    report(
      `Read (${name}), gateway · service, p50`,
      `${through.toFixed(2)} · ${at.toFixed(2)} ms, ${(through / at).toFixed(2)} ×`,
      '≤ 1.5 ×',
    );
  }
}

async function measureLive(medflow, people, queue) {
  const waiting = new Map();
  const everyone = people.flatMap(({ doctor, patient }) => [doctor, patient]);
  const sockets = await Promise.all(
    Array.from({ length: 100 }, (_, at) => {
      const person = everyone[at % everyone.length];
      const socket = io(medflow.url, {
        path: '/realtime',
        auth: { token: person.token },
        transports: ['websocket'],
        forceNew: true,
      });
      socket.on('appointment', ({ doctorId, startsAt }) => {
        if (person.id === doctorId) waiting.get(`${doctorId} ${new Date(startsAt).getTime()}`)?.(performance.now());
      });
      return new Promise((resolve, reject) => socket.on('connect', () => resolve(socket)).on('connect_error', reject));
    }),
  );
  const spent = [];
  for (let i = 0; i < 300; i += 1) {
    const { doctor, patient, slot } = queue.next().value;
    const arrived = new Promise((resolve) => waiting.set(`${doctor.id} ${new Date(slot.startsAt).getTime()}`, resolve));
    const at = performance.now();
    await call('POST', `${medflow.url}/api/v1/appointments`, { token: patient.token, body: { slotId: slot.id } });
    if (i >= 30) spent.push((await arrived) - at);
    await sleep(20);
  }
  for (const socket of sockets) socket.close();
  report(
    'From booking to the doctor’s browser, 100 connected, p50 · p99',
    `${percentile(spent, 0.5).toFixed(0)} · ${percentile(spent, 0.99).toFixed(0)} ms`,
    'p99 ≤ 150 ms',
  );
}

async function measureStart() {
  const home = temporaryHome();
  const port = { MEDFLOW_HOME: home, MEDFLOW_BUS: 'in-process', PORT: '39871' };
  const first = await launch(['embedded/dist/main.js', 'start'], port, /MedFlow ready at/);
  await first.stop();
  const second = await launch(['embedded/dist/main.js', 'start'], port, /MedFlow ready at/);
  await second.stop();
  forget(home);
  report('Second start, database included', `${(second.readyMs / 1000).toFixed(1)} s`, '≤ 8 s');
}

const home = temporaryHome();
const stops = [];
try {
  const db = await database(home);
  stops.push(db.stop);
  const env = {
    MONGODB_URI: db.uri,
    MEDFLOW_ADMIN_EMAIL: administrator.email,
    MEDFLOW_ADMIN_PASSWORD: administrator.password,
  };
  const medflow = await startMedFlow(home, env);
  stops.push(medflow.stop);
  report('Resident memory without the database, just started', `${residentMb(medflow.pid).toFixed(0)} MB`, '≤ 400 MB');
  // One patient may not leave hundreds of requests unanswered.
  const people = await couples(medflow.url, administrator, 8, { autoAccept: true });
  const queue = turns(people);
  await measureReads(medflow, people[0]);
  const ours = await measureBookings(medflow, db, queue);
  await measureCpu(db, ours);
  await measureLive(medflow, people, queue);
  await measurePayments(medflow, administrator, report, ROUND_MS);
  report('… after the load', `${residentMb(medflow.pid).toFixed(0)} MB`, '≤ 400 MB');
  for (const stop of stops.splice(0).reverse()) await stop();
  await measureStart();
  figures.write({
    command: 'npm run bench',
    title: 'Speed and cost',
    engine: db.engine,
    how: `Load generator, database and MedFlow (one process, in-process bus) share this machine; ${WIDTH} bookings at a time, medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, MedFlow and the bare driver in turn.`,
  });
} finally {
  for (const stop of stops.reverse()) await stop();
  forget(home);
}
