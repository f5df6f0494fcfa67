import { BackgroundWorks } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SettlePracticeHandler } from '../src/application/settle-practice.js';
import { Practices } from '../src/domain/practice.js';
import { HOUR_MS } from '../src/domain/values.js';
import { type Replica, Replicas } from './replicas.js';

const DOCTORS = 100;

describe('doctors of whom profiles has told that they may see nobody', () => {
  let replicas: Replicas;
  /** Ids of those whose appointments each replica looked through. */
  let looked: string[][];
  beforeAll(async () => {
    replicas = await Replicas.start('practices', 2);
    for (const [n, replica] of replicas.all.entries()) {
      // They look when they are told to.
      await replica.get(BackgroundWorks).onModuleDestroy();
      const practices = replica.get(Practices);
      const misfits = practices.misfits.bind(practices);
      practices.misfits = (change, ...rest) => {
        looked[n]!.push(change.doctorId);
        return misfits(change, ...rest);
      };
    }
  }, 60_000);
  afterAll(() => replicas.stop(), 60_000);
  beforeEach(async () => {
    looked = [[], []];
    await doctors().deleteMany({});
  });

  const doctors = () => replicas.collection('doctors');
  async function bar(count: number): Promise<string[]> {
    const barredSince = new Date(Date.now() - HOUR_MS);
    const more = { published: false, profileSequence: 2, version: 0, barredSince, settleSince: barredSince };
    const names = { firstName: 'Karim', lastName: 'Trabelsi' };
    const ids = Array.from({ length: count }, (_, n) => `doctor-${String(n).padStart(3, '0')}`);
    await doctors().insertMany(ids.map((_id) => ({ _id, ...names, ...more, settleAt: barredSince })));
    return ids;
  }
  const lookOnce = (replica: Replica) => replica.get(SettlePracticeHandler).execute();
  async function lookAll(replica: Replica): Promise<void> {
    for (let next: Date | undefined = new Date(0); next && next <= new Date();) next = await lookOnce(replica);
  }

  it('are looked at by one replica each, and by each of them some', async () => {
    const ids = await bar(DOCTORS);
    await Promise.all(replicas.all.map(lookAll));
    expect(looked.flat().sort()).toEqual(ids);
    for (const mine of looked) expect(mine.length).toBeGreaterThan(0);
    const waiting = { $or: [{ settleAt: { $exists: true } }, { settleClaim: { $exists: true } }] };
    expect(await doctors().countDocuments(waiting as never)).toBe(0);
  });

  it('are looked at by another replica where one died at it, when its lease is over', async () => {
    const ids = await bar(2);
    const [dead, living] = replicas.all as [Replica, Replica];
    const until = new Date(Date.now() + 1_500);
    const lost = await dead.get(Practices).claim(new Date(), until, 10);
    expect(lost.changes).toHaveLength(2);
    await lookAll(living);
    expect(looked).toEqual([[], []]);
    await eventually(async () => {
      await lookAll(living);
      return looked[1]!.length === 2;
    });
    expect([looked[1]!.sort(), new Date() >= until]).toEqual([ids, true]);
    // Whoever comes back then has no say about them.
    await dead.get(Practices).settled(lost.changes[0]!, new Date());
    expect(await doctors().countDocuments({ settleAt: { $exists: true } } as never)).toBe(0);
  });

  it('are looked at again at once where that failed', async () => {
    await bar(1);
    const [replica] = replicas.all as [Replica];
    const practices = replica.get(Practices);
    const { misfits } = practices;
    practices.misfits = () => Promise.reject(new Error('not now'));
    await expect(lookOnce(replica)).rejects.toThrow('not now');
    practices.misfits = misfits;
    await lookAll(replica);
    expect(looked[0]).toEqual(['doctor-000']);
  });
});
