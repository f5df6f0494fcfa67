// npm run bench -- load: rate and processor time of a booking beside the bare server, reads, live news, paid holds, memory.
import { bookings, calm, startBare, turns, WIDTH } from './bookings.mjs';
import { couples, flood, percentile } from './client.mjs';
import { measurePayments } from './payments.mjs';
import { measureLive, measureReads } from './reads.mjs';
import { cpuMs, residentMb } from './system.mjs';

const ROUNDS = 3;
const median = (values) => percentile(values, 0.5);

/** Processor time of the work, by process: `answered` when its last answer came, `drained` when all that follows is done. */
async function spentOn(pids, own, work) {
  await calm(own);
  const now = () => pids.map((pid) => (pid ? cpuMs(pid) : NaN));
  const before = now();
  const outcome = await work();
  const answered = now();
  await calm(own);
  const drained = now();
  const each = (after) => after.map((ms, at) => (ms - before[at]) / outcome.done);
  return { ...outcome, rate: (outcome.done * 1000) / outcome.ms, answered: each(answered), drained: each(drained) };
}

async function measureBookings({ medflow, db, report, roundMs }, queue) {
  const bare = await startBare(db.uri);
  const rounds = { bare: [], ours: [] };
  const spent = [];
  const booked = (ms) => spent.push(ms);
  for (let round = 0; round <= ROUNDS; round += 1) {
    const plain = await spentOn([bare.pid, db.pid], bare.pid, () => flood(bare.tasks(), WIDTH, roundMs));
    const ours = await spentOn([medflow.pid, db.pid], medflow.pid, () =>
      flood(bookings(queue, medflow.url, booked), WIDTH, roundMs),
    );
    // The first round warms up.
    if (round === 0) spent.length = 0;
    else {
      rounds.bare.push(plain);
      rounds.ours.push(ours);
    }
  }
  await bare.stop();
  const of = (who, read) => median(rounds[who].map(read));
  const rate = { bare: of('bare', (one) => one.rate), ours: of('ours', (one) => one.rate) };
  report(`Bookings through the gateway, ${WIDTH} at once`, `${rate.ours.toFixed(0)}/s`);
  report('Bare server: Fastify and the driver, same generator', `${rate.bare.toFixed(0)}/s`);
  report('Ratio', (rate.ours / rate.bare).toFixed(2), '≥ 0.6');
  report('… answered within, p50 · p99', `${median(spent).toFixed(0)} · ${percentile(spent, 0.99).toFixed(0)} ms`);
  for (const [at, process] of ['', 'Database: '].entries()) {
    const plain = of('bare', (one) => one.answered[at]);
    if (Number.isNaN(plain)) continue;
    const row = (name, ms, bound) =>
      report(`${process}processor of a booking, ${name}`, `${ms.toFixed(2)} ms, ${(ms / plain).toFixed(1)} ×`, bound);
    row('bare server', plain);
    const answered = of('ours', (one) => one.answered[at]);
    row('MedFlow until the last answer', answered, at === 0 ? '≤ 2 ×' : undefined);
    const drained = of('ours', (one) => one.drained[at]);
    row('… until all that follows is done', drained, at === 0 ? '≤ 3 ×' : undefined);
  }
}

/** How much of the memory is needed, the rest being the engine's to collect. */
export async function reportLive({ medflow, report }) {
  const { heap, external } = await medflow.ask('live');
  report('… of which live: heap · outside of it', `${heap.toFixed(0)} · ${external.toFixed(0)} MB`);
}

export async function load(run) {
  const { medflow, report } = run;
  report('Resident memory without the database, just started', `${residentMb(medflow.pid).toFixed(0)} MB`, '≤ 350 MB');
  // One patient may not leave hundreds of requests unanswered.
  const people = await couples(medflow.url, run.administrator, 8, { autoAccept: true });
  const queue = turns(people);
  await measureReads(run, people[0]);
  await measureBookings(run, queue);
  await measureLive(run, people, queue);
  await measurePayments(run);
  await calm(medflow.pid);
  report('… after the load', `${residentMb(medflow.pid).toFixed(0)} MB`, '≤ 350 MB');
  await reportLive(run);
  return `${WIDTH} bookings at once, medians of ${ROUNDS} rounds of ${run.roundMs / 1000} s, MedFlow and the bare server in turn; × beside the bare server.`;
}
