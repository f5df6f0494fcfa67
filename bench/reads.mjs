// Reads at the gateway and at the service, and how long a booking takes to the doctor's browser.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { call, percentile } from './client.mjs';
import { listeningPorts } from './system.mjs';

const median = (values) => percentile(values, 0.5);

export async function measureReads({ medflow, report }, { doctor, patient }) {
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

export async function measureLive({ medflow, report }, people, queue) {
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
    const headers = { 'idempotency-key': randomUUID() };
    const body = { slotId: slot.id };
    await call('POST', `${medflow.url}/api/v1/appointments`, { token: patient.token, body, headers });
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
