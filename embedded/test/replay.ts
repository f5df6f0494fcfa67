import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.js';
import type { System } from './system.js';

export const tellers = ['identity', 'profiles', 'scheduling', 'billing', 'feedback'];

/** What `npm run replay` reads of a running system. */
function addressesOf({ mode, home, env }: System): Record<string, string> {
  if (mode === 'processes') return env;
  const { upstreams } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as {
    upstreams: Record<string, string>;
  };
  const token = readFileSync(join(home, 'internal-token'), 'utf8').trim();
  const urls = Object.entries(upstreams).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]);
  return { MEDFLOW_INTERNAL_TOKEN: token, ...Object.fromEntries(urls) };
}

/** As an operator does it. @returns what it counts @throws Error with what it wrote when it fails */
export async function replay(system: System, service: string, ...options: string[]): Promise<number> {
  const script = join(root, 'libs/messaging/dist/replay/replay-cli.js');
  const child = spawn(process.execPath, [script, service, ...options], {
    env: { PATH: process.env.PATH, ...addressesOf(system) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const count = /^\w+: (\d+) told again of \d+$/m.exec(output)?.[1];
  if (code !== 0 || count === undefined) throw new Error(`replay ${service} ended (${String(code)}): ${output}`);
  return Number(count);
}
