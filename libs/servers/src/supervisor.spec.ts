import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Server } from './processes.js';
import { type Health, type Pauses, Supervisor } from './supervisor.js';

const quick: Pauses = { first: 5, longest: 40, probe: 10, doubt: 5, silence: 60 };

/** A server that ends when it is told to. */
class FakeServer implements Server {
  pid = 0;
  stopped = false;
  readonly end = Promise.withResolvers<string>();
  readonly exited = this.end.promise;

  async stop(): Promise<void> {
    this.stopped = true;
    this.end.resolve('SIGTERM');
  }

  async kill(): Promise<void> {
    this.end.resolve('SIGKILL');
  }
}

describe('a supervised server', () => {
  let supervisor: Supervisor | undefined;
  afterEach(() => supervisor?.stop());

  const said: string[] = [];
  const launches: { server: FakeServer; at: number }[] = [];
  let refusals = 0;
  let health: Health = 'well';

  const supervise = (): FakeServer => {
    said.length = launches.length = refusals = 0;
    health = 'well';
    const first = new FakeServer();
    const launch = async (): Promise<Server> => {
      const server = new FakeServer();
      launches.push({ server, at: Date.now() });
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('not yet');
      }
      return server;
    };
    supervisor = Supervisor.keep(
      { name: 'database', say: (line) => said.push(line), logFile: '/data/log', launch, probe: async () => health },
      first,
      quick,
    );
    return first;
  };

  it('is started again when it ends, which is told in one line each way', async () => {
    const first = supervise();
    first.end.resolve('SIGKILL');
    await sleep(60);
    expect(launches).toHaveLength(1);
    expect(said).toEqual([
      'database: the server ended (SIGKILL): starting it again',
      expect.stringMatching(/^database: back after \d+\.\d s$/),
    ]);
  });

  it('is never given up, is tried ever more slowly, and says once where to look', async () => {
    const first = supervise();
    refusals = 8;
    first.end.resolve('code 1');
    await sleep(500);
    expect(launches).toHaveLength(9);
    const pauses = launches.slice(1).map(({ at }, index) => at - launches[index]!.at);
    expect(pauses.at(-1)!).toBeGreaterThanOrEqual(38);
    expect(pauses[0]!).toBeLessThan(pauses.at(-1)!);
    expect(said).toHaveLength(3);
    expect(said[1]).toContain('see /data/log');
  });

  it.each(['failing', 'silent'] as const)('is started again when it is there but %s', async (state) => {
    const first = supervise();
    health = state;
    await sleep(50);
    if (state === 'silent') {
      expect(launches).toEqual([]);
      await sleep(80);
    }
    health = 'well';
    await sleep(40);
    expect(await first.exited).toBe('SIGKILL');
    expect(launches.length).toBeGreaterThanOrEqual(1);
    expect(said[0]).toContain(state === 'failing' ? 'answers with failures only' : 'does not answer any more');
  });

  it('is left alone when it failed once', async () => {
    supervise();
    health = 'failing';
    await sleep(12);
    health = 'well';
    await sleep(60);
    expect(said).toEqual([]);
  });

  it('is not started again by being stopped, nor while it is tried in vain', async () => {
    const first = supervise();
    await supervisor!.stop();
    expect(first.stopped).toBe(true);
    await sleep(40);
    expect(launches).toEqual([]);
    supervise().end.resolve('code 1');
    refusals = 1_000;
    await sleep(30);
    await supervisor!.stop();
    const before = launches.length;
    await sleep(80);
    expect(launches).toHaveLength(before);
  });
});
