import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import { findRelay, type Relay } from '../src/index.js';

const A_MINUTE_S = 60;

/** What coturn's own client says. @param args beside where the relay is and who asks */
function ask({ environment }: Relay, secret: string, args: string[]): Promise<string> {
  const [, port] = /:(\d+)\?/.exec(environment.MEDFLOW_TURN_URLS)!;
  const user = `${Math.floor(Date.now() / 1000) + A_MINUTE_S}:somebody`;
  const all = [...args, '-n', '2', '-u', user, '-W', secret, '-p', port!, '127.0.0.1'];
  return new Promise((resolve) =>
    execFile('turnutils_uclient', all, { timeout: 20_000 }, (_, stdout, stderr) => resolve(stdout + stderr)),
  );
}

const BOTH_WAYS = ['-y'];
const to = (peer: string) => ['-e', peer];

describe('the relay', () => {
  let folder: string;
  const said: string[] = [];
  const running: Relay[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medflow-relay-'));
    said.length = 0;
  });
  afterEach(async () => {
    for (const relay of running.splice(0)) await relay.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const find = async (env: Record<string, string> = {}, supervise = false) => {
    const say = (line: string) => void said.push(line);
    const relay = await findRelay({ env: { PATH: process.env.PATH, ...env }, folder, say, supervise });
    if (relay) running.push(relay);
    return relay;
  };

  it('that we start carries what two send each other, for who knows its secret alone, which it keeps', async () => {
    const relay = (await find())!;
    const { MEDFLOW_TURN_URLS: urls, MEDFLOW_TURN_SECRET: secret } = relay.environment;
    expect(urls).toMatch(/^turn:127\.0\.0\.1:\d+\?transport=udp,turn:127\.0\.0\.1:\d+\?transport=tcp$/);
    expect(await ask(relay, secret, BOTH_WAYS)).toContain('Total lost packets 0 (');
    expect(await ask(relay, secret, [...BOTH_WAYS, '-t'])).toContain('Total lost packets 0 (');
    expect(await ask(relay, 'another', BOTH_WAYS)).toContain('Cannot complete Allocation');
    expect(statSync(join(folder, 'turnserver.conf')).mode & 0o077).toBe(0);
    await relay.stop();
    expect((await find())!.environment.MEDFLOW_TURN_SECRET).toBe(secret);
  }, 60_000);

  it('leads nobody to the machine itself or its link, nor into private networks where it serves the world', async () => {
    const relay = (await find())!;
    const secret = relay.environment.MEDFLOW_TURN_SECRET;
    for (const peer of ['127.0.0.1', '169.254.169.254'])
      expect(await ask(relay, secret, to(peer))).toContain('403 (Forbidden IP)');
    await relay.stop();
    const publicly = (await find({ MEDFLOW_RELAY: 'public', PUBLIC_URL: 'https://clinic.example' }))!;
    expect(publicly.environment.MEDFLOW_TURN_URLS).toMatch(/^turn:clinic\.example:/);
    for (const peer of ['127.0.0.1', '10.1.2.3', '172.20.1.1', '192.168.1.1', '100.64.0.1'])
      expect(await ask(publicly, secret, to(peer))).toContain('403 (Forbidden IP)');
  }, 60_000);

  it('is started again when killed', async () => {
    const relay = (await find({}, true))!;
    process.kill(Number(readFileSync(join(folder, 'relay.pid'), 'utf8')), 'SIGKILL');
    await eventually(async () => said.some((line) => line.startsWith('relay: back after')), { timeoutMs: 15_000 });
    expect(await ask(relay, relay.environment.MEDFLOW_TURN_SECRET, BOTH_WAYS)).toContain('Total lost packets 0 (');
  }, 60_000);

  it.each<Record<string, string>>([
    { MEDFLOW_RELAY: 'off' },
    { MEDFLOW_TURN_URLS: 'turn:turn.example.org' },
    { PATH: '/nowhere' },
  ])('is left out with %j', async (env) => {
    expect(await find(env)).toBeUndefined();
    expect(said).toEqual([]);
  });

  it('is refused a setting that means nothing', async () => {
    await expect(find({ MEDFLOW_RELAY: 'yes' })).rejects.toThrow('none of on, public and off');
  });
});
