// npm run bench -- profile: where MedFlow's processor time goes while bookings run, by package and by function.
import { bookings, calm, turns, WIDTH } from './bookings.mjs';
import { couples, flood } from './client.mjs';

const WARM_UP_MS = 5_000;
const PROFILED_MS = 10_000;
const PACKAGES = 16;
const FUNCTIONS = 24;

/** The package, or the folder of ours, that the code belongs to. */
function packageOf({ url, functionName }) {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (url === '') return 'engine (V8)';
  if (url.startsWith('node:'))
    return `node:${
      url
        .slice(5)
        .replace(/^internal\//, '')
        .split('/')[0]
    }`;
  const installed = url.split('node_modules/').at(-1);
  if (installed !== url) return /^(@[^/]+\/)?[^/]+/.exec(installed)[0];
  return /\/((?:libs|services)\/[^/]+|gateway|embedded)\//.exec(url)?.[1] ?? 'other';
}

const nameOf = ({ functionName, url, lineNumber }) =>
  `${functionName || '(anonymous)'}${url && ` ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`}`;

/** Shares of the time in which the process was not idle, greatest first. */
function shares(profile, groupOf) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const spent = new Map();
  let total = 0;
  for (const [at, id] of profile.samples.entries()) {
    const frame = nodes.get(id);
    if (['(idle)', '(program)', '(root)'].includes(frame.functionName)) continue;
    const group = groupOf(frame);
    spent.set(group, (spent.get(group) ?? 0) + profile.timeDeltas[at]);
    total += profile.timeDeltas[at];
  }
  const sorted = [...spent].sort(([, a], [, b]) => b - a);
  return { totalMs: total / 1000, shares: sorted.map(([name, us]) => [name, us / total, us / 1000]) };
}

export async function profile({ medflow, report, administrator }) {
  const people = await couples(medflow.url, administrator, 8, { autoAccept: true });
  const queue = bookings(turns(people), medflow.url);
  await flood(queue, WIDTH, WARM_UP_MS);
  await calm(medflow.pid);
  await medflow.ask('profile');
  const { done } = await flood(queue, WIDTH, PROFILED_MS);
  await calm(medflow.pid);
  const recorded = await medflow.ask('profiled');
  const rows = (groupOf, count) => {
    const { totalMs, shares: sorted } = shares(recorded, groupOf);
    for (const [name, share, ms] of sorted.slice(0, count))
      report(`\`${name}\``, `${(share * 100).toFixed(1)} %, ${((ms * 1000) / done).toFixed(0)} µs`);
    return totalMs;
  };
  report('**By package**, share and each booking’s', '');
  const totalMs = rows(packageOf, PACKAGES);
  report('**By function**', '');
  rows(nameOf, FUNCTIONS);
  return `JavaScript’s share of the processor, sampled every 0.5 ms over ${done} bookings, ${WIDTH} at once, all that follows included: ${(totalMs / done).toFixed(2)} ms each.`;
}
