// npm run fuzz: the whole product on a home of its own, asked what nobody would ask. Ends with 1 on any 5xx, on an answer
// that is not as the OpenAPI document says, and on a forged target that leads anywhere.
// Options: --seconds N for all of it (300), --seed N (of the day).
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { call, couples } from '../bench/client.mjs';
import { Report } from '../bench/report.mjs';
import { forget, startMedFlow, temporaryHome } from '../bench/system.mjs';
import { faultOf, hostileCalls } from '../libs/testing/dist/index.js';
import { installSchemathesis, runSchemathesis } from './schemathesis.mjs';
import { fuzzTargets } from './targets.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds ?? 300);
const seed = Number(values.seed ?? Math.floor(Date.now() / 86_400_000));
/** An access token lasts ten minutes; a role's turn must be over by then. */
const LONGEST_TURN_S = 480;
const administrator = { email: 'admin@medflow.test', password: `Une-clef-${randomBytes(9).toString('base64url')}` };

const results = [];
const figures = new Report();
const report = (part, cases, faults) => {
  results.push({ part, cases, faults });
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'}  ${part}: ${cases} calls`);
  for (const fault of faults.slice(0, 20)) console.log(`      ${fault}`);
};

/** Two doctors who can be booked, their patients, and a few appointments between them; and the administrator. */
async function people(url) {
  const [first, second] = await couples(url, administrator, 2);
  for (const { patient, slots } of [first, second])
    for (const slot of slots.slice(0, 3))
      await call('POST', `${url}/api/v1/appointments`, { token: patient.token, body: { slotId: slot.id } });
  const login = await call('POST', `${url}/api/v1/auth/login`, { body: administrator });
  return {
    anyone: undefined,
    patient: first.patient.token,
    doctor: first.doctor.token,
    admin: JSON.parse(login.text).accessToken,
  };
}

async function corpora(url, tokens) {
  const document = JSON.parse((await call('GET', `${url}/api/openapi.json`)).text);
  const calls = hostileCalls(document);
  const faults = [];
  for (const one of calls) {
    const token = tokens[one.as];
    const response = await fetch(`${url}/api/v1${one.path}`, {
      method: one.method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(one.body !== undefined && { 'content-type': 'application/json' }),
      },
      body: one.body,
    });
    const contentType = response.headers.get('content-type') ?? '';
    const text = await response.text();
    const fault = faultOf(one, {
      status: response.status,
      contentType,
      body: contentType.includes('json') ? JSON.parse(text) : text,
    });
    if (fault) faults.push(fault);
  }
  report('deep JSON, years, bodies that are none, inherited names', calls.length, faults);
}

const home = temporaryHome();
let medflow;
let engine;
try {
  medflow = await startMedFlow(home, {
    MEDFLOW_ADMIN_EMAIL: administrator.email,
    MEDFLOW_ADMIN_PASSWORD: administrator.password,
  });
  const { url } = medflow;
  engine = /database: ([^·\n]+)/.exec(medflow.output())?.[1].trim() ?? 'as found';
  console.log(`MedFlow at ${url}, ${seconds} s, seed ${seed}`);
  let tokens = await people(url);
  await corpora(url, tokens);
  const targets = await fuzzTargets(url, { tokens: Object.values(tokens), seconds: seconds * 0.15, seed });
  report('forged targets', targets.cases, targets.faults);
  if (!installSchemathesis()) report('schemathesis', 0, ['it could not be installed (python3 with venv, and PyPI)']);
  else
    for (const role of Object.keys(tokens)) {
      for (let left = seconds * 0.2, turn = 0; left > 0; left -= LONGEST_TURN_S, turn += 1) {
        tokens = await people(url);
        const time = Math.max(10, Math.floor(Math.min(left, LONGEST_TURN_S)));
        const { ok, cases, output } = await runSchemathesis(url, {
          token: tokens[role],
          seconds: time,
          seed: seed + turn,
        });
        report(`schemathesis as ${role}`, cases, ok ? [] : ['see below']);
        if (!ok) console.log(output);
      }
    }
} finally {
  await medflow?.stop();
  forget(home);
}
const failed = results.filter(({ faults }) => faults.length > 0);
const total = results.reduce((sum, { cases }) => sum + cases, 0);
console.log(
  `${total} calls, ${failed.length === 0 ? 'nothing found' : `faults in: ${failed.map(({ part }) => part).join(', ')}`}`,
);
if (failed.length === 0) {
  for (const { part, cases } of results) figures.rows.push([part, `${cases} calls, 0 faults`, '0 faults']);
  figures.write({
    command: 'npm run fuzz',
    title: 'Fuzz',
    engine,
    how: `The whole product in one process, rate limits off; ${seconds} s, seed ${seed}. A fault is a 5xx, an answer that is not as the OpenAPI document says, or a forged target that leads anywhere.`,
  });
}
process.exit(failed.length === 0 ? 0 : 1);
