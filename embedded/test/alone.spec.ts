import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from './processes.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medflow-alone-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that notes its beginning, takes its time, and notes its end. */
async function worker(ending = ''): Promise<string> {
  const [file, notes] = [join(folder, 'lock'), join(folder, 'notes')];
  const code = `
    import { appendFileSync } from 'node:fs';
    import { alone } from ${JSON.stringify(pathToFileURL(join(root, 'scripts/alone.mjs')).href)};
    const note = (text) => appendFileSync(${JSON.stringify(notes)}, text);
    alone(${JSON.stringify(file)}, () => {
      note('(');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      note(')');
      ${ending}
    }, () => console.log('waits'));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  await once(child, 'close');
  return output;
}

const notes = () => readFileSync(join(folder, 'notes'), 'utf8');

describe('work that one process does at a time', () => {
  it('is done one after the other, and who waits says so', async () => {
    const outputs = await Promise.all(Array.from({ length: 3 }, () => worker()));
    expect(notes()).toBe('()()()');
    expect(outputs.filter((output) => output === 'waits\n')).toHaveLength(2);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('is free again after one that ended its process, and after one that was killed', async () => {
    await worker('process.exit(1)');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'close');
    writeFileSync(join(folder, 'lock'), String(ended.pid));
    expect(await worker()).toBe('');
    expect(notes()).toBe('()()');
  });
});
