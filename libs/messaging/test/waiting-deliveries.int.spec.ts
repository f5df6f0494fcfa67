import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase } from '@medflow/testing';
import mongoose from 'mongoose';
import { WaitingDeliveries } from '../src/in-process/waiting-deliveries.js';

const dueAt = new Date('2026-11-23T08:00:00Z');
const delivery = (id: string, body = 'b') => ({ id, subject: 's', body, attempts: 0, dueAt });

describe('deliveries that wait in the database', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let connection: mongoose.Connection;
  let waiting: WaitingDeliveries;
  let commits = 0;
  beforeAll(async () => {
    database = await testDatabase('waiting');
    connection = await mongoose.createConnection(database.uri, { monitorCommands: true }).asPromise();
    connection.getClient().on('commandSucceeded', ({ commandName }) => {
      if (commandName === 'commitTransaction') commits += 1;
    });
    waiting = new WaitingDeliveries(connection.db!);
    await waiting.put('q', delivery('first'));
  });
  afterAll(async () => {
    await connection.close();
    await database.drop();
  });
  beforeEach(async () => void (await connection.db!.collection('waiting_deliveries').deleteMany({})));

  it('are written together when many come at once, each of them and of one event the last', async () => {
    commits = 0;
    const ids = Array.from({ length: 120 }, (_, n) => `e${String(n).padStart(3, '0')}`);
    await Promise.all([
      ...ids.map((id) => waiting.put('q', delivery(id))),
      waiting.put('q', delivery('e005', 'later')),
    ]);
    const rows = await waiting.first('q', 200, []);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(rows[5]!.body).toBe('later');
    expect(commits).toBeLessThanOrEqual(3);
  });

  it('fail each with what failed, and the next are written all the same', async () => {
    const broken = delivery('broken', 'x'.repeat(17_000_000));
    const outcomes = await Promise.allSettled([waiting.put('q', delivery('a')), waiting.put('q', broken)]);
    expect(outcomes.at(-1)!.status).toBe('rejected');
    await waiting.put('q', delivery('b'));
    expect((await waiting.first('q', 9, [])).map(({ id }) => id)).toContain('b');
  });
});
