// npm run bench -- sustained: bookings without a pause for minutes, and how long what follows them takes after the last.
import { MongoClient } from 'mongodb';
import { bookings, calm, turns, WIDTH } from './bookings.mjs';
import { couples, flood, percentile } from './client.mjs';
import { reportLive } from './load.mjs';
import { cpuMs, residentMb } from './system.mjs';

const MINUTE_MS = 60_000;
const MINUTES = Number(process.env.MINUTES ?? 5);
/** So many that none runs out of slots. */
const COUPLES = 24;

/** Events that a service has stored and nobody has been told yet. */
async function waitingEvents(uri) {
  const client = await MongoClient.connect(uri);
  try {
    let waiting = 0;
    for (const { name } of (await client.db().admin().listDatabases({ nameOnly: true })).databases) {
      if (name.startsWith('bench_')) continue;
      const collections = await client.db(name).listCollections({ name: 'outbox' }, { nameOnly: true }).toArray();
      if (collections.length > 0) waiting += await client.db(name).collection('outbox').countDocuments();
    }
    return waiting;
  } finally {
    await client.close();
  }
}

export async function sustained({ medflow, db, report, administrator }) {
  const people = await couples(medflow.url, administrator, COUPLES, { autoAccept: true }, 15);
  const minutes = Array.from({ length: MINUTES }, () => ({ done: 0, spent: [] }));
  await calm(medflow.pid);
  const before = cpuMs(medflow.pid);
  const start = performance.now();
  const booked = (ms) => {
    const minute = minutes[Math.floor((performance.now() - start) / MINUTE_MS)];
    if (!minute) return;
    minute.done += 1;
    minute.spent.push(ms);
  };
  const tasks = bookings(turns(people), medflow.url, booked);
  const { done } = await flood(tasks, WIDTH, MINUTES * MINUTE_MS);
  const over = performance.now();
  const drainedMs = (await calm(medflow.pid)) - over;
  const waiting = await waitingEvents(db.uri);
  const rates = minutes.map((minute) => minute.done / (MINUTE_MS / 1000));
  report('Bookings a second, minute by minute', rates.map((rate) => rate.toFixed(0)).join(' · '));
  report('Last minute beside the first', (rates.at(-1) / rates[0]).toFixed(2), '≥ 0.9');
  const p99 = (minute) => percentile(minute.spent, 0.99).toFixed(0);
  report('Answered within, p99, first minute · last', `${p99(minutes[0])} · ${p99(minutes.at(-1))} ms`);
  report('All that follows done after the last answer', `${(Math.max(0, drainedMs) / 1000).toFixed(1)} s`, '≤ 2 s');
  report('… events that nobody was told', String(waiting), '0');
  report('Processor of a booking with all that follows', `${((cpuMs(medflow.pid) - before) / done).toFixed(2)} ms`);
  report(`Resident memory after ${done} bookings`, `${residentMb(medflow.pid).toFixed(0)} MB`, '≤ 350 MB');
  await reportLive({ medflow, report });
  return `${WIDTH} bookings at once for ${MINUTES} minutes, over ${COUPLES} doctors and as many patients.`;
}
