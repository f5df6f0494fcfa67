// npm run bench -- counts: what the drivers of all services send to the database for a booking and for a paid hold, all
// that follows included, by their own command monitoring.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { bookings, calm, turns, WIDTH } from './bookings.mjs';
import { couples, flood } from './client.mjs';
import { payments, WIDTH as PAID_WIDTH } from './payments.mjs';

const WARM_UP = 160;
const BOOKINGS = 1_600;
const PAID = 240;
const IDLE_MS = 10_000;
const MOST_FREQUENT = 14;
const FOREVER = Number.MAX_SAFE_INTEGER;

function* first(count, tasks) {
  for (let n = 0; n < count; n += 1) yield tasks.next().value;
}

/** What `count` tasks of `width` at once cost, each, and all that follows them. */
async function counted(medflow, tasks, count, width) {
  await flood(first(WARM_UP, tasks), width, FOREVER);
  await calm(medflow.pid);
  await medflow.ask('reset');
  await flood(first(count, tasks), width, FOREVER);
  await calm(medflow.pid);
  const { commands, transactions, singleWrites, byName } = await medflow.ask('counts');
  return {
    commands: commands / count,
    transactions: transactions / count,
    singleWrites: singleWrites / count,
    often: Object.entries(byName)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_FREQUENT)
      .map(([name, times]) => `${name} ${(times / count).toFixed(2)}`)
      .join(' · '),
  };
}

function reportCounts(report, what, { commands, transactions, singleWrites, often }, bounds) {
  report(`${what}: commands`, commands.toFixed(1), bounds.commands);
  report(
    '… commits: of transactions, and writes outside of any',
    `${(transactions + singleWrites).toFixed(2)}: ${transactions.toFixed(2)} + ${singleWrites.toFixed(2)}`,
    bounds.commits,
  );
  report('… the most frequent', often);
}

const lettersIn = (home) => readdirSync(home, { recursive: true }).filter((name) => name.endsWith('.json')).length;

export async function counts({ medflow, report, administrator, home }) {
  await calm(medflow.pid);
  await medflow.ask('reset');
  await sleep(IDLE_MS);
  report('Commands at rest', `${((await medflow.ask('counts')).commands / (IDLE_MS / 1000)).toFixed(1)}/s`);
  const people = await couples(medflow.url, administrator, 8, { autoAccept: true });
  const booked = await counted(medflow, bookings(turns(people), medflow.url), BOOKINGS, WIDTH);
  // News of one person share a letter: there are fewer than bookings.
  if (lettersIn(home) < 2 * people.length) throw new Error('there are no letters: what was counted is not the whole');
  const bounds = { commands: '≤ 8', commits: '≤ 1.3' };
  reportCounts(report, `A booking accepted at once, ${WIDTH} at a time, letters and news included`, booked, bounds);
  const paying = await couples(medflow.url, administrator, 8, { payment: 'at-booking', autoAccept: false });
  const paid = await counted(medflow, payments(turns(paying), `${medflow.url}/api/v1`), PAID, PAID_WIDTH);
  reportCounts(report, `A slot held and paid, ${PAID_WIDTH} at a time, the test provider’s own left out`, paid, {
    commands: '≤ 25',
  });
  return `Means of ${BOOKINGS} bookings and ${PAID} paid holds after ${WARM_UP} to warm up, counted until the process is at rest again.`;
}
