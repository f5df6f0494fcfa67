import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { describe, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import type { Connection } from 'mongoose';
import { BackgroundWorks, databaseUri, MongoModule } from '../src/index.js';

/** The way to the database, which can be barred. */
class Way {
  private readonly sockets = new Set<Socket>();
  private barred = false;
  private constructor(private readonly server: Server) {}

  static async to({ hostname, port }: URL): Promise<Way> {
    const server = createServer((near) => {
      if (way.barred) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const [from, other] of [
        [near, far],
        [far, near],
      ] as const) {
        way.sockets.add(from);
        from.pipe(other);
        from.on('error', () => other.destroy());
        from.on('close', () => other.destroy());
      }
      return undefined;
    });
    const way = new Way(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return way;
  }

  get port(): string {
    return String((this.server.address() as AddressInfo).port);
  }

  bar(barred: boolean): void {
    this.barred = barred;
    if (barred) for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.bar(true);
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('background work of a service', () => {
  it('goes on by itself when the database is back, whatever its pause has grown to', async () => {
    const uri = new URL(databaseUri(process.env.MONGODB_URI!, 'background_works'));
    const way = await Way.to(uri);
    [uri.hostname, uri.port] = ['127.0.0.1', way.port];
    @Module({ imports: [MongoModule.forService(uri.toString())] })
    class Service {}
    const app = await NestFactory.createApplicationContext(Service, { logger: false, abortOnError: false });
    const database = app.get<Connection>(getConnectionToken()).db!;
    let [done, failed] = [0, 0];
    const work = app.get(BackgroundWorks).add({
      name: 'tests.background',
      run: async () => {
        try {
          await database.command({ ping: 1 });
          done += 1;
        } catch (error) {
          failed += 1;
          throw error;
        }
      },
      // Nobody would live to see the next try.
      failureMs: [600_000, 600_000],
      logger: { warn: () => undefined, log: () => undefined },
    });
    try {
      work.start(0);
      await eventually(() => done > 0);
      way.bar(true);
      work.nudge();
      await eventually(() => failed > 0, { timeoutMs: 20_000 });
      const before = done;
      way.bar(false);
      // Found by the driver's own heartbeat. The pause after the failure would be five minutes at least.
      await eventually(() => done > before, { timeoutMs: 30_000 });
    } finally {
      await app.close();
      await way.close();
    }
  }, 60_000);
});
