import { testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { MongoPaces } from '../src/adapters/mongo/mongo-paces.js';
import { PaceRecord, paceSchema } from '../src/adapters/mongo/schemas.js';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T08:00:00Z') + seconds * 1_000);

describe('the pace at which an account is written to', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let connection: mongoose.Connection;
  let paces: MongoPaces;
  beforeAll(async () => {
    database = await testDatabase('mail_paces');
    connection = await mongoose.createConnection(database.uri).asPromise();
    const model = connection.model<PaceRecord>(PaceRecord.name, paceSchema);
    await model.init();
    paces = new MongoPaces(model);
  });
  afterAll(async () => {
    await connection.close();
    await database.drop();
  });

  it('is set by one of many who would at the same time, the first time and each time after', async () => {
    let before: { lastAt: Date; sent: number } | undefined;
    for (let round = 1; round <= 3; round += 1) {
      const changes = Array.from({ length: 8 }, (_, n) => ({
        accountId: 'p1',
        before,
        after: { lastAt: at(round * 60 + n), sent: n },
      }));
      const late = await Promise.all(changes.map((change) => paces.keep([change])));
      const winners = changes.filter((_, n) => !late[n]!.has('p1'));
      expect(winners).toHaveLength(1);
      before = (await paces.of(['p1'])).get('p1');
      expect(before).toEqual(winners[0]!.after);
    }
  });

  it('says of several accounts with which of them somebody was faster', async () => {
    const after = { lastAt: at(0), sent: 1 };
    await paces.keep([{ accountId: 'p2', before: undefined, after }]);
    const stale = { accountId: 'p2', before: { lastAt: at(-60), sent: 1 }, after: { lastAt: at(1), sent: 2 } };
    const again = { accountId: 'p2', before: undefined, after: { lastAt: at(1), sent: 2 } };
    const fresh = (accountId: string) => ({ accountId, before: undefined, after });
    expect([...(await paces.keep([stale, fresh('p3')]))]).toEqual(['p2']);
    expect([...(await paces.keep([again, fresh('p4')]))]).toEqual(['p2']);
    const kept = await paces.of(['p2', 'p3', 'p4', 'nobody']);
    expect([...kept].sort()).toEqual([
      ['p2', after],
      ['p3', after],
      ['p4', after],
    ]);
  });
});
