// npm run bench [-- load|counts|sustained|profile|hop|start …]: what MedFlow costs, each in a system of its own; the figures go to
// docs/measurements.md. Without a name: load, counts, profile, start. By environment: SECONDS of each round of load (8),
// MINUTES of sustained (5), MONGODB_URI.
import { adminEnv, administrator } from './bookings.mjs';
import { counts } from './counts.mjs';
import { hop } from './hop.mjs';
import { load } from './load.mjs';
import { profile } from './profile.mjs';
import { Report } from './report.mjs';
import { start } from './start.mjs';
import { sustained } from './sustained.mjs';
import { database, forget, startMedFlow, temporaryHome } from './system.mjs';

const inside = ['--import', './bench/inside.mjs'];
const runs = {
  load: { title: 'Speed and cost', measure: load, options: inside },
  counts: { title: 'Database commands', measure: counts, options: inside, monitored: true },
  sustained: { title: 'Five minutes without a pause', measure: sustained, options: inside },
  profile: { title: 'Where the time goes', measure: profile, options: inside },
  hop: { title: 'From the gateway to a service', measure: hop, alone: true },
  start: { title: 'Start', measure: start, alone: true },
};

/** The connection string with which drivers tell of their commands. */
const monitored = (uri) => `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`;

async function run(name) {
  const { title, measure, options, monitored: tells, alone } = runs[name];
  const figures = new Report();
  const shared = { report: figures.add.bind(figures), administrator, roundMs: Number(process.env.SECONDS ?? 8) * 1000 };
  const command = `npm run bench -- ${name}`;
  console.log(`\n${command}`);
  if (alone) return figures.write({ command, title, how: await measure(shared) });
  const home = temporaryHome();
  const stops = [() => forget(home)];
  try {
    const db = await database(home);
    stops.push(db.stop);
    const env = { ...adminEnv, MONGODB_URI: tells ? monitored(db.uri) : db.uri };
    const medflow = await startMedFlow(home, env, options);
    stops.push(medflow.stop);
    const how = await measure({ ...shared, medflow, db, home });
    figures.write({
      command,
      title,
      engine: db.engine,
      how: `Load generator, database and MedFlow (one process, in-process bus) share this machine. ${how}`,
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(runs, name));
if (unknown !== undefined) {
  console.error(`There is no measurement ${unknown}: ${Object.keys(runs).join(', ')}.`);
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : ['load', 'counts', 'profile', 'start']) await run(name);
