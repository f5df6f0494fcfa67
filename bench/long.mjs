// npm run bench:long: the first page of a record and of a conversation that are long, beside short ones; the figures go to
// docs/measurements.md. Options by environment: ENTRIES (50,000), MESSAGES (10,000), READS (400 of each), MONGODB_URI.
import { call, couples, flood, must, percentile } from './client.mjs';
import { Report } from './report.mjs';
import { database, forget, startMedFlow, temporaryHome } from './system.mjs';

const administrator = { email: 'admin@medflow.test', password: 'Une-clef-pour-les-essais-7' };
const [ENTRIES, MESSAGES, READS] = ['ENTRIES', 'MESSAGES', 'READS'].map(
  (name, at) => Number(process.env[name]) || [50_000, 10_000, 400][at],
);
const SHORT = 50;
/** Entries of one Bundle: five MiB are the most that an import may have. */
const BUNDLE = 5_000;
const FOREVER_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Heart rates, one a day back in time. */
const bundleOf = (from, count) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: Array.from({ length: count }, (_, at) => ({
    resource: {
      resourceType: 'Observation',
      id: `o${from + at}`,
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] },
      effectiveDateTime: new Date(Date.now() - (from + at) * (DAY_MS / 24)).toISOString(),
      valueQuantity: {
        value: 60 + ((from + at) % 40),
        unit: '/min',
        system: 'http://unitsofmeasure.org',
        code: '/min',
      },
    },
  })),
});

async function writeRecord(api, { token }, entries) {
  const begun = performance.now();
  for (let from = 0; from < entries; from += BUNDLE) {
    const headers = { 'content-type': 'application/fhir+json' };
    const body = bundleOf(from, Math.min(BUNDLE, entries - from));
    await must('POST', `${api}/patients/me/record/import`, { token, body, headers });
    const rate = ((from + body.entry.length) / (performance.now() - begun)) * 1_000;
    console.log(`  ${from + body.entry.length} entries, ${rate.toFixed(0)}/s`);
  }
}

/** @returns the conversation's id */
async function writeMessages(api, { doctor, patient, slots }, messages) {
  const { token } = patient;
  await must('POST', `${api}/appointments`, { token, body: { slotId: slots[0].id } });
  let conversation;
  // Care follows the appointment by the bus.
  while (!conversation) {
    const { status, text } = await call('POST', `${api}/conversations`, { token, body: { doctorId: doctor.id } });
    if (status < 300) conversation = JSON.parse(text).id;
  }
  const url = `${api}/conversations/${conversation}/messages`;
  const work = (function* () {
    for (let at = 0; at < messages; at += 1)
      yield () =>
        must('POST', url, {
          token: at % 2 ? doctor.token : token,
          body: { text: `Message ${at}` },
          headers: { 'idempotency-key': `message-${at}-of-${conversation}` },
        });
  })();
  const { done, ms } = await flood(work, 8, FOREVER_MS);
  console.log(`  ${done} messages, ${((done / ms) * 1_000).toFixed(0)}/s`);
  return conversation;
}

const report = new Report();
const home = temporaryHome();
const store = await database(home);
const medflow = await startMedFlow(home, {
  MONGODB_URI: store.uri,
  MEDFLOW_ADMIN_EMAIL: administrator.email,
  MEDFLOW_ADMIN_PASSWORD: administrator.password,
  MEDFLOW_VERIFY_EMAIL: 'off',
});

/** Turn by turn, so that what else the machine does falls on both. */
async function compare(what, urls, bound) {
  const times = urls.map(() => []);
  for (let count = 0; count < READS + 20; count += 1)
    for (const [at, { url, token }] of urls.entries()) {
      const begun = performance.now();
      await must('GET', url, { token });
      if (count >= 20) times[at].push(performance.now() - begun);
    }
  const [short, long] = times.map((each) => percentile(each, 0.95));
  report.add(
    `${what}, p95 short · long`,
    `${short.toFixed(1)} · ${long.toFixed(1)} ms, ${(long / short).toFixed(2)} ×`,
    bound,
  );
}

try {
  const api = `${medflow.url}/api/v1`;
  const [short, long] = await couples(medflow.url, administrator, 2, { autoAccept: true });
  await writeRecord(api, short.patient, SHORT);
  await writeRecord(api, long.patient, ENTRIES);
  const both = (path) => [short, long].map(({ patient: { id, token } }) => ({ url: `${api}${path(id)}`, token }));
  const record = (id) => `/patients/${id}/record`;
  await compare('First page of a record', both(record), '≤ 1.5 ×');
  await compare(
    '… of one kind',
    both((id) => `${record(id)}?kind=vital`),
  );
  await compare(
    '… of heart rates, for the chart',
    both((id) => `${record(id)}/vitals?measure=heart-rate`),
  );
  const conversations = [await writeMessages(api, short, SHORT), await writeMessages(api, long, MESSAGES)];
  const messages = [short, long].map(({ patient: { token } }, at) => ({
    url: `${api}/conversations/${conversations[at]}/messages`,
    token,
  }));
  await compare('First page of a conversation', messages, '≤ 1.5 ×');
  await compare(
    'The list of conversations',
    both(() => '/conversations'),
  );
  report.write({
    command: 'npm run bench:long',
    title: 'Long records and conversations',
    engine: store.engine,
    how: `A record of ${SHORT} entries beside one of ${ENTRIES}, a conversation of ${SHORT} messages beside one of ${MESSAGES}; ${READS} reads of each through the gateway, turn by turn.`,
  });
} finally {
  await medflow.stop();
  await store.stop();
  forget(home);
}
