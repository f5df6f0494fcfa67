// Schemathesis, from PyPI, in a virtual environment of its own: calls drawn from the OpenAPI document, as one of the roles.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bench/system.mjs';

const VERSION = '4.32.5';
const folder = join(root, 'node_modules/.cache/medflow-fuzz', VERSION);
const program = join(folder, 'bin/schemathesis');

/** What an answer must be: no 5xx, and of a status, a type and a shape that the document names. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
];

/** @returns whether it is there */
export function installSchemathesis() {
  if (existsSync(program)) return true;
  console.log(`Installing schemathesis ${VERSION} from PyPI (once)`);
  const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return (
    run('python3', ['-m', 'venv', folder]) &&
    run(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`])
  );
}

/** @returns {Promise<{ ok: boolean, cases: number, output: string }>} */
export function runSchemathesis(url, { token, seconds, seed }) {
  const args = [
    ...['run', `${url}/api/openapi.json`, '--origin', url],
    ...['--checks', checks.join(','), '--max-time', String(seconds), '--seed', String(seed)],
    ...['--continue-on-failure', '--no-color', '--warnings', 'off'],
    ...['--generation-database', 'none', '--suppress-health-check', 'all', '--request-timeout', '20'],
    ...(token ? ['--header', `Authorization: Bearer ${token}`] : []),
  ];
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, cases: 0, output: error.message }));
    child.on('close', (code) =>
      resolve({ ok: code === 0, cases: Number(/(\d+) generated/.exec(output)?.[1] ?? 0), output }),
    );
  });
}
