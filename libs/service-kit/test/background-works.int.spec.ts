import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { describe, it } from '@jest/globals';
import { eventually, MongoProxy } from '@medflow/testing';
import type { Connection } from 'mongoose';
import { BackgroundWorks, databaseUri, DatabaseHealth, MongoModule } from '../src/index.js';

describe('background work of a service', () => {
  it('goes on by itself when the database is back, whatever its pause has grown to', async () => {
    const way = await MongoProxy.start(databaseUri(process.env.MONGODB_URI!, 'background_works'));
    @Module({ imports: [MongoModule.forService(way.uri)] })
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
      way.reachable = false;
      way.cutAll();
      work.nudge();
      await eventually(() => failed > 0 && !app.get(DatabaseHealth).reachable, { timeoutMs: 20_000 });
      const before = done;
      way.reachable = true;
      // The pause after the failure would be five minutes at least.
      await eventually(() => done > before, { timeoutMs: 30_000 });
    } finally {
      await app.close();
      await way.stop();
    }
  }, 60_000);
});
