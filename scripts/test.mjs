// npm test: prepares what is missing, runs every check and every suite, and ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkNode, ensureSystemPackages, node, prepare, root } from './prepare.mjs';

checkNode();
ensureSystemPackages(['python3-venv', 'rabbitmq-server', 'chromium', 'nginx-light', 'openssl']);
prepare();

const reports = join(root, 'test-results');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const bin = (name) => join(root, 'node_modules', name);
const total = { passed: 0, failed: 0 };
/** The names of what failed, said once more at the end: the output of a suite may be long. */
const failures = [];
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, FORCE_COLOR: '0' };

/** Runs a command; its output is shown when it fails, and always for suites. */
function run(name, args, { quiet = false, timeoutMs = 30 * 60_000 } = {}) {
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

/** A Jest or Vitest suite: counted test by test; one that left no report has failed as a whole. */
async function suite(name, args, report) {
  const ok = await run(name, args);
  const file = join(reports, report);
  if (!existsSync(file)) {
    total.failed += 1;
    failures.push(`${name}, without a report`);
    return;
  }
  const {
    numPassedTests,
    numFailedTests,
    numRuntimeErrorTestSuites = 0,
    testResults,
  } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  total.passed += numPassedTests;
  total.failed += failed === 0 && !ok ? 1 : failed;
  if (failed === 0 && !ok) failures.push(`${name}, after its tests`);
  for (const { name: path, status, assertionResults } of testResults) {
    const failing = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failing.length === 0) failures.push(relative(root, path));
    for (const test of failing) failures.push(`${relative(root, path)} › ${test.fullName}`);
  }
}

const jest = (project, name, args, report) =>
  suite(
    name,
    ['scripts/jest.mjs', project, ...args, '--json', `--outputFile=${join(reports, report)}`, '--silent'],
    report,
  );

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
  jest('integration', 'integration', [], 'integration.json'),
]);
// Each half has the whole time that a suite may take.
for (const half of ['1/2', '2/2']) await jest('e2e', `end to end, ${half}`, [`--shard=${half}`], `e2e-${half[0]}.json`);

for (const failure of failures) console.log(`FAIL  ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
