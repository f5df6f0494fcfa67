// npm run bench:dashboards: a doctor's first page with a short past and with a long one, in one run on one database, asked
// for in turn; the figures go to docs/measurements.md. Option by environment: MONGODB_URI.
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { writeDemoReviews } from '../services/feedback/dist/index.js';
import { writeDemoHistory } from '../services/scheduling/dist/index.js';
import { call, couples, percentile } from './client.mjs';
import { Report } from './report.mjs';
import { database, forget, startMedFlow, temporaryHome } from './system.mjs';

const administrator = { email: 'admin@medflow.test', password: 'Une-clef-pour-les-essais-7' };
const SHORT = 500;
const LONG = 50_000;
/** Days over which either past is spread. */
const DAYS = 1_000;
const RATED_BY_RULES = 300;
const PATIENTS = 500;
const CALLS = 400;
const WARM_UP = 50;
const DAY_MS = 86_400_000;
const price = { amount: 60_000, currency: 'TND' };
const outcomes = [...Array(8).fill('completed'), 'missed', 'cancelled'];

const report = new Report();
const databaseOf = (uri, service) => uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/medflow_${service}`);

const day = (at) => at.toISOString().slice(0, 10);

/** `size` visits of the doctor, the last one yesterday, as evenly over the days as whole minutes allow. */
function visitsOf(doctor, size) {
  const person = (id) => ({ id, firstName: 'Leïla', lastName: 'Ben Salah' });
  const last = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
  return Array.from({ length: size }, (_, n) => {
    const startsAt = new Date(last - Math.floor((n * DAYS * 1_440) / size) * 60_000);
    const endsAt = new Date(startsAt.getTime() + 600_000);
    const slot = { doctorId: doctor.id, startsAt, endsAt, mode: 'video', price, bufferMinutes: 0 };
    const patient = person(`patient-of-the-bench-${n % PATIENTS}`);
    return { slot, doctor: person(doctor.id), patient, outcome: outcomes[n % outcomes.length] };
  });
}

async function inBatches(list, size, work) {
  const done = [];
  for (let at = 0; at < list.length; at += size) done.push(...(await work(list.slice(at, at + size))));
  return done;
}

/**
 * Visits by scheduling's own rules; all that were completed are rated: the newest by feedback's own rules, which take a
 * transaction each, the others as copies of these; and the income of each day as billing keeps it.
 */
async function writeThePast(uri, doctor, size) {
  const visits = visitsOf(doctor, size);
  const ids = await inBatches(visits, 5_000, (batch) => writeDemoHistory(databaseOf(uri, 'scheduling'), batch));
  const rated = visits.flatMap(({ slot, patient, outcome }, n) => {
    const { startsAt, endsAt } = slot;
    const visit = { appointmentId: ids[n], doctorId: doctor.id, patientId: patient.id, startsAt, endsAt };
    return outcome === 'completed' ? [{ ...visit, opinion: { stars: 1 + (n % 5), comment: null } }] : [];
  });
  await writeDemoReviews(databaseOf(uri, 'feedback'), rated.slice(0, RATED_BY_RULES));
  const client = await MongoClient.connect(uri);
  const feedback = client.db('medflow_feedback');
  const model = await feedback.collection('reviews').findOne({ doctorId: doctor.id });
  const copies = rated.slice(RATED_BY_RULES).map(({ appointmentId, patientId, endsAt, opinion }) => {
    const written = { day: day(endsAt), createdAt: endsAt, standingSince: endsAt };
    return { ...model, _id: randomUUID(), appointmentId, patientId, ...written, stars: opinion.stars };
  });
  await inBatches(copies, 5_000, async (batch) => {
    await feedback.collection('reviews').insertMany(batch);
    return batch;
  });
  const counts = copies.map(({ day: at, stars }) => ({
    updateOne: {
      filter: { _id: `${doctor.id}|${at}` },
      update: { $inc: { count: 1, stars }, $setOnInsert: { doctorId: doctor.id, day: at } },
      upsert: true,
    },
  }));
  if (counts.length > 0) await feedback.collection('rated_days').bulkWrite(counts);
  const income = Math.round(size / DAYS) * price.amount;
  const days = [...new Set(visits.map(({ slot }) => day(slot.startsAt)))];
  await client
    .db('medflow_billing')
    .collection('income_days')
    .insertMany(
      days.map((at) => ({
        _id: `${doctor.id}|${at}|TND`,
        doctorId: doctor.id,
        day: at,
        currency: 'TND',
        income,
        refunds: 0,
        fees: 0,
      })),
    );
  await client.close();
}

async function time(url, token) {
  const at = performance.now();
  const { status, text } = await call('GET', url, { token });
  const spent = performance.now() - at;
  const { unavailable } = JSON.parse(text);
  if (status !== 200 || unavailable.length > 0) throw new Error(`GET ${url}: ${status} ${text.slice(0, 300)}`);
  return spent;
}

/** In turn, so that whatever else this machine does falls on both. */
async function compare(what, url, short, long) {
  const spent = { short: [], long: [] };
  for (let n = 0; n < CALLS + WARM_UP; n += 1) {
    const one = await time(url, short.token);
    const other = await time(url, long.token);
    if (n >= WARM_UP) {
      spent.short.push(one);
      spent.long.push(other);
    }
  }
  const figures = (share) => {
    const [few, many] = [percentile(spent.short, share), percentile(spent.long, share)];
    return `${few.toFixed(1)} · ${many.toFixed(1)} ms, ${(many / few).toFixed(2)} ×`;
  };
  report.add(`${what}, ${SHORT} · ${LONG} past visits, p50`, figures(0.5));
  report.add(`… p95`, figures(0.95), '≤ 1.5 ×');
}

const home = temporaryHome();
const stops = [];
try {
  const db = await database(home);
  stops.push(db.stop);
  const medflow = await startMedFlow(home, {
    MONGODB_URI: db.uri,
    MEDFLOW_ADMIN_EMAIL: administrator.email,
    MEDFLOW_ADMIN_PASSWORD: administrator.password,
  });
  stops.push(medflow.stop);
  const [{ doctor: short }, { doctor: long }] = await couples(medflow.url, administrator, 2);
  await writeThePast(db.uri, short, SHORT);
  await writeThePast(db.uri, long, LONG);
  const api = `${medflow.url}/api/v1`;
  await compare('Doctor’s dashboard', `${api}/doctors/me/dashboard`, short, long);
  const years = `${api}/doctors/me/statistics?bucket=month&from=${day(new Date(Date.now() - DAYS * DAY_MS))}`;
  await compare(`Statistics of ${DAYS} days by month`, years, short, long);
  report.write({
    command: 'npm run bench:dashboards',
    title: 'Dashboards',
    engine: db.engine,
    how: `One doctor with either past, spread over ${DAYS} days and ${PATIENTS} patients, four visits in five completed, rated and paid; ${CALLS} requests each, in turn, one at a time, through the gateway; MedFlow is one process beside its database.`,
  });
} finally {
  for (const stop of stops.reverse()) await stop();
  forget(home);
}
