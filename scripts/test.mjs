// npm test: prepares what is missing, runs every check and every suite, and ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checkNode, ensureSystemPackages, node, prepare, root } from './prepare.mjs';

checkNode();
ensureSystemPackages([
  'python3-venv',
  'rabbitmq-server',
  'chromium',
  'nginx-light',
  'openssl',
  'coturn',
  'firefox-esr',
]);
prepare();

const reports = join(root, 'test-results');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const bin = (name) => join(root, 'node_modules', name);
/** More files than these do not fail for being beside each other. */
const MOST_AGAIN = 6;
const REASON_LINES = 12;
const total = { passed: 0, failed: 0 };
/** The names of what failed, said once more at the end: the output of a suite may be long. */
const failures = [];
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, FORCE_COLOR: '0' };

/** Runs a command; its output is shown when it fails, and always for suites. */
function run(name, args, { quiet = false, timeoutMs = 40 * 60_000 } = {}) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)`);
      if (code !== 0 || (!quiet && process.env.VERBOSE)) console.log(output.split('\n').slice(-300).join('\n'));
      resolve(code === 0);
    });
  });
}

async function check(name, args) {
  const ok = await run(name, args, { quiet: true });
  total[ok ? 'passed' : 'failed'] += 1;
  if (!ok) failures.push(name);
}

/** What a failed test said: its first lines tell most. */
const reason = ({ failureMessages = [] }) =>
  stripVTControlCharacters(failureMessages.join('\n'))
    .split('\n')
    .filter((line) => line.trim() && !/^\s+at .*node_modules/.test(line))
    .slice(0, REASON_LINES)
    .map((line) => `\n        ${line.trim()}`)
    .join('');

/**
 * A Jest or Vitest suite: counted test by test; one that left no report has failed as a whole.
 * @param again takes the files that failed, which are then not counted here, or undefined: they failed
 */
async function suite(name, args, report, again) {
  const ok = await run(name, args);
  const file = join(reports, report);
  if (!existsSync(file)) {
    total.failed += 1;
    failures.push(`${name}, without a report`);
    return;
  }
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const failing = testResults.filter(({ status }) => status === 'failed');
  const postponed = again && failing.length <= MOST_AGAIN ? failing.map((each) => each.name) : [];
  const before = total.failed;
  for (const { name: path, status, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const told = failed.map((test) => `${relative(root, path)} › ${test.fullName}${reason(test)}`);
    if (status === 'failed' && failed.length === 0) told.push(relative(root, path));
    if (postponed.includes(path)) {
      for (const line of told) console.log(`again ${line}`);
      continue;
    }
    total.passed += assertionResults.filter((test) => test.status === 'passed').length;
    total.failed += told.length;
    failures.push(...told);
  }
  if (again) again.push(...postponed);
  if (!ok && postponed.length === 0 && total.failed === before) {
    total.failed += 1;
    failures.push(`${name}, after its tests`);
  }
}

const jest = (project, name, args, report, again) =>
  suite(
    name,
    ['scripts/jest.mjs', project, ...args, '--json', `--outputFile=${join(reports, report)}`, '--silent'],
    report,
    again,
  );

/** Files with servers of their own that failed beside other suites. */
const again = { integration: [], e2e: [] };

// Two cores: the quick checks beside the suite that mostly waits for servers; what measures time runs alone.
await Promise.all([
  (async () => {
    await check('format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']);
    await check('lint', [bin('eslint/bin/eslint.js'), '.']);
    await check('boundaries', [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      'libs',
      'services',
      'gateway',
      'embedded',
      'web/src',
    ]);
    await check('types of the services', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']);
    await check('types of the web client', [bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json']);
    await check('OpenAPI document', ['scripts/openapi.mjs', '--check']);
    await check('who may, as a document', ['scripts/access.mjs', '--check']);
    await check('AsyncAPI document', ['scripts/asyncapi.mjs', '--check']);
    await jest('unit', 'unit', [], 'unit.json');
    await suite(
      'web unit',
      [
        bin('vitest/vitest.mjs'),
        'run',
        '--root',
        'web',
        '--reporter=json',
        `--outputFile=${join(reports, 'web.json')}`,
      ],
      'web.json',
    );
  })(),
  (async () => {
    // What suites load stays in the memory of the process that ran them: two processes, one after the other.
    for (const half of ['1/2', '2/2'])
      await jest(
        'integration',
        `integration, ${half}`,
        [`--shard=${half}`],
        `integration-${half[0]}.json`,
        again.integration,
      );
  })(),
]);
// Each half has the whole time that a suite may take.
for (const half of ['1/2', '2/2'])
  await jest('e2e', `end to end, ${half}`, [`--shard=${half}`], `e2e-${half[0]}.json`, again.e2e);
// Times and faults are judged on a machine that does nothing else: once more, one by one, and what fails now has failed.
for (const [project, files] of Object.entries(again)) {
  if (files.length > 0)
    await jest(project, `${project}, again and alone`, ['--runInBand', ...files], `${project}-again.json`);
}

for (const failure of failures) console.log(`FAIL  ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
