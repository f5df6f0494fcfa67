// Bookings as the page sends them, to MedFlow and to the bare server, under one load generator.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './client.mjs';
import { cpuMs, launch } from './system.mjs';

export const WIDTH = 16;
export const administrator = { email: 'admin@medflow.test', password: 'Une-clef-pour-les-essais-7' };
export const adminEnv = { MEDFLOW_ADMIN_EMAIL: administrator.email, MEDFLOW_ADMIN_PASSWORD: administrator.password };

/** As the page does: a key for each booking, a reason in the patient's words. */
const key = () => ({ 'idempotency-key': randomUUID() });
const reason = 'Douleurs au genou depuis une semaine';

/** Slots of all couples in turn, each once. */
export function* turns(people) {
  for (let at = 0; at < people[0].slots.length; at += 1)
    for (const { doctor, patient, slots } of people) if (slots[at]) yield { doctor, patient, slot: slots[at] };
}

async function book(url, { token, body }) {
  const { status, text } = await call('POST', url, { token, body, headers: key() });
  if (status !== 201) throw new Error(`booking: ${status} ${text}`);
}

/** @param booked hears of each with the milliseconds that it took */
export function* bookings(queue, url, booked = () => undefined) {
  for (const { patient, slot } of queue)
    yield async () => {
      const at = performance.now();
      await book(`${url}/api/v1/appointments`, { token: patient.token, body: { slotId: slot.id, reason } });
      booked(performance.now() - at);
    };
}

/** Fastify and the plain driver, in a process of its own. */
export async function startBare(uri) {
  const bare = await launch(['bench/bare.mjs', uri], {}, /port (\d+)/);
  const url = `http://127.0.0.1:${bare.line[1]}/appointments`;
  let minute = Date.UTC(2030, 0, 1);
  function* tasks() {
    for (;;) {
      const [doctorId, patientId] = ['doctor-of-the-bench', 'patient-of-the-bench'];
      const body = { doctorId, patientId, startsAt: (minute += 1_800_000), minutes: 30, reason };
      yield () => book(url, { body });
    }
  }
  return { ...bare, tasks };
}

const SAMPLE_MS = 100;
const CALM_SAMPLES = 8;
/** Of one core: timers and heartbeats. */
const CALM_SHARE = 0.08;

/** Waits until the process has used next to nothing for a while. @returns when that began, as `performance.now()` says */
export async function calm(pid) {
  const samples = [];
  for (;;) {
    samples.push({ at: performance.now(), cpu: cpuMs(pid) });
    await sleep(SAMPLE_MS);
    const first = samples.at(-CALM_SAMPLES);
    if (first && cpuMs(pid) - first.cpu < (performance.now() - first.at) * CALM_SHARE) return first.at;
  }
}
