// Directory search with 1,000 and with 100,000 doctors: `npm run build:server`, then
//   MONGODB_URI=mongodb://127.0.0.1:27017/?directConnection=true node --expose-gc services/profiles/bench/directory.mjs [sizes…]
// Doctors are written straight into the read model; queries go over HTTP, one at a time, the sizes taking turns.
import 'reflect-metadata';
import { InProcessBus } from '@medflow/messaging';
import { profiles } from '@medflow/profiles';
import mongoose from 'mongoose';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 100_000];
const ROUNDS = 1_000;
const WARM_UP = 200;
const LARGEST_ANSWER = 50_000;
const MOST_TIMES = 1.5;

let seed = 20261123;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const pick = (list) => list[Math.floor(random() * list.length)];
/** Few are frequent, many are rare, as names are. */
const pickSkewed = (list) => list[Math.floor(list.length * random() ** 2.5)];
const some = (list, most) => [...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(list)))];

const syllables = [
  'ben',
  'tra',
  'bel',
  'si',
  'gha',
  'r',
  'bi',
  'ma',
  'lek',
  'cha',
  'hed',
  'kh',
  'ou',
  'za',
  'ri',
  'mej',
  'dou',
  'nes',
  'har',
  'zi',
];
const names = (count, parts) => [
  ...new Set(
    Array.from({ length: count }, () =>
      Array.from({ length: parts + Math.floor(random() * 2) }, () => pick(syllables)).join(''),
    ),
  ),
];
const firstNames = [
  'Mohamed',
  'Ahmed',
  'Karim',
  'Amina',
  'Leïla',
  'Salma',
  'Youssef',
  'Hédi',
  'Mehdi',
  'Inès',
  'محمد',
  'أحمد',
  ...names(400, 2),
];
const lastNames = ['Trabelsi', 'Ben Salah', 'Gharbi', 'Bouazizi', 'Jaziri', 'Mejri', 'Chaabane', ...names(20_000, 3)];
const cities = [
  'Tunis',
  'Sfax',
  'Sousse',
  'Bizerte',
  'Gabès',
  'Nabeul',
  'Kairouan',
  'Monastir',
  'Mahdia',
  'Béja',
  'Le Kef',
  'Gafsa',
  'Tozeur',
  'Djerba',
];
const specializations = [
  'general-practice',
  'cardiology',
  'dermatology',
  'gynecology',
  'neurology',
  'ophthalmology',
  'pediatrics',
  'psychiatry',
  'dentistry',
  'radiology',
];
const languages = ['ar', 'fr', 'en', 'de', 'it'];
const today = Date.now();
const dayAfter = (days) => new Date(today + days * 86_400_000).toISOString().slice(0, 10);

function doctor(n) {
  const first = 1 + Math.floor(random() * 20);
  return {
    _id: `01935a6e-0000-7000-8000-${String(n).padStart(12, '0')}`,
    card: {
      firstName: pickSkewed(firstNames),
      lastName: pickSkewed(lastNames),
      gender: pick(['female', 'male']),
      biography: 'Une biographie de longueur ordinaire. '.repeat(20),
      specializations: some(specializations, 3),
      qualifications: ['Faculté de médecine de Tunis', 'Diplôme d’études spécialisées'],
      experience: ['Hôpital Charles Nicolle', 'Cabinet'],
      languages: some(languages, 3),
      city: pickSkewed(cities),
      address: '1, avenue Habib Bourguiba',
      price: { amount: 30_000 + 5_000 * Math.floor(random() * 20), currency: 'TND' },
      timeZone: 'Africa/Tunis',
    },
    availability: {
      nextAvailableAt: new Date(`${dayAfter(first)}T08:00:00Z`),
      days: Array.from({ length: 30 }, (_, d) => dayAfter(first + d)),
      modes: some(['video', 'in-person'], 2),
    },
    // Three in four are rated.
    ...(random() < 0.75 && {
      rating: {
        average: 1 + Math.round(random() * 400) / 100,
        count: 1 + Math.floor(random() * 200),
        score: 1 + Math.round(random() * 40_000) / 10_000,
      },
    }),
    revision: 1,
    changedAt: new Date(today - 3_600_000),
  };
}

/** Takes a letter out, or swaps two. */
function mistype(word) {
  const at = 1 + Math.floor(random() * (word.length - 2));
  return random() < 0.5
    ? word.slice(0, at) + word.slice(at + 1)
    : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
}

const kinds = {
  browse: () => ({}),
  name: () => ({ q: `${pickSkewed(firstNames)} ${pickSkewed(lastNames)}` }),
  prefix: () => ({ q: pickSkewed(lastNames).slice(0, 1 + Math.floor(random() * 4)) }),
  typo: () => ({ q: mistype(pickSkewed(lastNames)) }),
  specialisation: () => ({
    q: `${pick(['cardiologue', 'dentiste', 'pédiatre', 'عيون', 'dermatologist'])} ${pick(cities)}`,
  }),
  filters: () => ({
    specialization: pick(specializations),
    city: pick(cities),
    language: pick(languages),
    mode: 'video',
  }),
  price: () => ({ sort: 'price', maxPrice: 60_000, specialization: pick(specializations) }),
  availability: () => ({
    sort: 'availability',
    availableFrom: dayAfter(3),
    availableTo: dayAfter(5),
    city: pick(cities),
  }),
  rating: () => ({ sort: 'rating', q: pickSkewed(firstNames) }),
  nobody: () => ({ q: 'qqqqwxyz', city: 'Nulle part' }),
};

async function open(count) {
  const uri = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/?directConnection=true');
  uri.pathname = `/bench_profiles_${count}`;
  const connection = await mongoose.createConnection(uri.href).asPromise();
  await connection.dropDatabase();
  for (let from = 0; from < count; from += 1_000) {
    const some = Array.from({ length: Math.min(1_000, count - from) }, (_, n) => doctor(from + n));
    await connection.collection('directory').insertMany(some);
  }
  const bus = new InProcessBus(connection.db);
  const config = {
    env: { LOG_LEVEL: 'silent' },
    mongoUri: uri.href,
    bus: { kind: 'in-process', bus },
    port: 0,
    host: '127.0.0.1',
    internalToken: 'bench',
    upstreams: {},
  };
  const heap = () => (globalThis.gc?.(), process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
  const before = heap();
  const service = await profiles.create(config);
  const startedAt = performance.now();
  const url = `http://127.0.0.1:${service.port}/doctors`;
  await (await fetch(url)).arrayBuffer();
  const firstMs = Math.round(performance.now() - startedAt);
  const grownMb = Math.round((heap() - before) / 1e6);
  console.log(`${count} doctors: first search after ${firstMs} ms, ${grownMb} MB of heap`);
  const close = async () => {
    await service.close();
    bus.close();
    await connection.dropDatabase();
    await connection.close();
  };
  return { count, url, close, times: [], byKind: {}, largest: 0, found: 0 };
}

async function ask(installation, kind, parameters, measured) {
  const startedAt = performance.now();
  const answer = await fetch(`${installation.url}?${new URLSearchParams(parameters)}`);
  const body = Buffer.from(await answer.arrayBuffer());
  const ms = performance.now() - startedAt;
  if (answer.status !== 200) throw new Error(`${JSON.stringify(parameters)}: ${answer.status} ${body}`);
  if (!measured) return;
  installation.times.push(ms);
  (installation.byKind[kind] ??= []).push(ms);
  installation.largest = Math.max(installation.largest, body.length);
  if (JSON.parse(body).items.length > 0) installation.found += 1;
}

const quantile = (times, q) => times.toSorted((a, b) => a - b)[Math.floor(times.length * q)].toFixed(2);

const installations = [];
for (const count of sizes) installations.push(await open(count));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  const kind = Object.keys(kinds)[(round + WARM_UP) % Object.keys(kinds).length];
  const parameters = kinds[kind]();
  for (const installation of round % 2 ? installations : installations.toReversed())
    await ask(installation, kind, parameters, round >= 0);
}
// The size of the longest pages, which people do not ask for, is looked at apart from the times.
for (const installation of installations)
  installation.largest = Math.max(
    installation.largest,
    (await (await fetch(`${installation.url}?limit=100`)).arrayBuffer()).byteLength,
  );
for (const { count, times, byKind, largest, found } of installations) {
  console.log(
    `\n${count} doctors, ${times.length} searches (${found} found somebody): p50 ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms, largest answer ${largest} bytes`,
  );
  for (const [kind, its] of Object.entries(byKind))
    console.log(`  ${kind.padEnd(15)} p50 ${quantile(its, 0.5)}  p95 ${quantile(its, 0.95)}`);
}
const [small, large] = [installations[0], installations.at(-1)];
const ratio = quantile(large.times, 0.95) / quantile(small.times, 0.95);
const largest = Math.max(...installations.map((installation) => installation.largest));
console.log(
  `\np95 at ${large.count} is ${ratio.toFixed(2)} × that at ${small.count} (at most ${MOST_TIMES}); largest answer ${largest} bytes (at most ${LARGEST_ANSWER})`,
);
for (const installation of installations) await installation.close();
process.exit(ratio <= MOST_TIMES && largest <= LARGEST_ANSWER ? 0 : 1);
