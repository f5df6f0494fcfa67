import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openHome, runningOn } from '../src/home.js';

let folder: string;
let other: ChildProcess;
let lines: string[];
const say = (line: string) => void lines.push(line);
const open = () => openHome({ MEDFLOW_HOME: folder }, folder, { say });

/** Another process that holds the data folder, as MedFlow's do by the folder that they run from. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'medflow-home-'));
  lines = [];
  other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000); console.log("up")', 'embedded'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(other.stdout!, 'data');
  writeFileSync(join(folder, 'medflow.pid'), String(other.pid));
});
afterEach(() => {
  other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const record = (pid: number) => ({ pid, port: 3000, mongoUri: 'mongodb://x' });
const runs = (pid: number) => writeFileSync(join(folder, 'run.json'), JSON.stringify(record(pid)));

describe('a data folder that another MedFlow holds', () => {
  it('is refused at once while that one runs', async () => {
    runs(other.pid!);
    const at = Date.now();
    await expect(open()).rejects.toThrow(`MedFlow already runs on ${folder} (process ${other.pid})`);
    expect(Date.now() - at).toBeLessThan(1_000);
    expect(lines).toEqual([]);
    expect(await runningOn(folder, say)).toEqual(record(other.pid!));
  });

  it('is waited for while that one stops, and says so once', async () => {
    const opened = open();
    setTimeout(() => other.kill('SIGKILL'), 600);
    const home = await opened;
    expect(lines).toEqual([
      `MedFlow on ${folder} (process ${other.pid}) is still stopping or starting: waiting for it`,
    ]);
    expect(readFileSync(join(folder, 'medflow.pid'), 'utf8')).toBe(String(process.pid));
    home.release();
  });

  it('is told apart from what an earlier one left behind', async () => {
    runs(other.pid! + 1);
    setTimeout(() => runs(other.pid!), 300);
    expect(await runningOn(folder, say)).toEqual(record(other.pid!));
    expect(lines).toHaveLength(1);
  });

  it('is given up where that one neither runs nor ends', async () => {
    await expect(runningOn(folder, say, { stopsWithinMs: 300, startsWithinMs: 300 })).rejects.toThrow(
      `MedFlow on ${folder} (process ${other.pid}) neither runs nor ends`,
    );
  });

  it('is waited for longer where that one has only just begun: a first start installs', async () => {
    setTimeout(() => runs(other.pid!), 600);
    expect(await runningOn(folder, say, { stopsWithinMs: 100 })).toEqual(record(other.pid!));
  });

  it('is free once that one is gone, however it went', async () => {
    runs(other.pid!);
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(await runningOn(folder, say)).toBeUndefined();
    (await open()).release();
    expect(lines).toEqual([]);
  });
});
