import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase } from '@medflow/testing';
import type { mongo } from 'mongoose';
import { WorkList, type WorkListOptions } from '../src/index.js';

const now = new Date('2026-11-23T08:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

interface Task {
  _id: string;
  dueAt?: Date;
  claim?: string;
  attempts?: number;
  group?: string;
  note?: string;
}

describe('a list of work that replicas share', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let tasks: mongo.Collection<Task>;
  const replica = (options?: WorkListOptions) => new WorkList<Task>(() => tasks, options);
  const add = (count: number, dueAt = now, more: Partial<Task> = {}) =>
    tasks.insertMany(
      Array.from({ length: count }, (_, n) => ({ _id: `t${String(n).padStart(3, '0')}`, dueAt, ...more })),
    );
  const idsOf = ({ rows }: { rows: readonly Task[] }) => rows.map(({ _id }) => _id);

  beforeAll(async () => {
    database = await testDatabase('work_list');
    tasks = database.client.db().collection<Task>('tasks') as never;
    await tasks.createIndex({ dueAt: 1 });
  });
  afterAll(() => database.drop());
  beforeEach(() => tasks.deleteMany({}));

  it('is worked off by two replicas, each task by one of them and each of them some', async () => {
    await add(400);
    const done = await Promise.all(
      [replica(), replica()].map(async (list) => {
        const mine: string[] = [];
        for (;;) {
          const { rows, next } = await list.claim(now, later(60), 20);
          mine.push(...rows.map(({ _id }) => _id));
          await list.remove(rows.map(({ _id }) => _id));
          if (rows.length === 0 && next === undefined) return mine;
        }
      }),
    );
    expect(done.flat().sort()).toHaveLength(400);
    expect(new Set(done.flat()).size).toBe(400);
    for (const mine of done) expect(mine.length).toBeGreaterThan(100);
  });

  it('hands on what a replica that crashed had claimed, when its lease ends and not before', async () => {
    await add(5);
    const [crashed, other] = [replica(), replica()];
    const lost = await crashed.claim(now, later(60), 3);
    expect(idsOf(await other.claim(now, later(60), 9))).toHaveLength(2);
    expect(await other.claim(later(59), later(120), 9)).toMatchObject({ rows: [], next: later(60) });
    const again = await other.claim(later(60), later(120), 9);
    expect(idsOf(again)).toEqual(expect.arrayContaining(idsOf(lost)));
    expect(again.rows.filter(({ _id }) => idsOf(lost).includes(_id)).map(({ attempts }) => attempts)).toEqual([
      2, 2, 2,
    ]);
  });

  it('takes no word of a turn that is over', async () => {
    await add(1);
    const list = replica();
    const before = await list.claim(now, later(60), 1);
    const after = await list.claim(later(60), later(120), 1);
    await list.finish(before.claim, ['t000'], { note: 'finished' });
    await list.postpone(before.claim, ['t000'], now);
    await list.release(before.claim, ['t000'], now);
    await list.update(before.claim, ['t000'], { note: 'updated' });
    expect(await tasks.findOne()).toEqual({ _id: 't000', dueAt: later(120), claim: after.claim, attempts: 2 });
  });

  it('counts tries, but not of what was handed back untried, and waits for nothing once it is finished', async () => {
    await add(3);
    const list = replica();
    const { claim } = await list.claim(now, later(60), 9);
    await list.postpone(claim, ['t000'], later(5));
    await list.release(claim, ['t001'], later(5), { note: 'untried' });
    await list.finish(claim, ['t002'], { note: 'finished' });
    const again = await list.claim(later(5), later(60), 9);
    expect(again.rows).toMatchObject([
      { _id: 't000', attempts: 2 },
      { _id: 't001', attempts: 1, note: 'untried' },
    ]);
    expect(await tasks.findOne({ _id: 't002' })).toEqual({ _id: 't002', note: 'finished' });
  });

  it('has again what is done for now, under the turn that did it', async () => {
    await add(1);
    const list = replica();
    const { claim } = await list.claim(now, later(60), 1);
    expect(await list.repeat(claim, 't000', later(300), { set: { note: 'done' } })).toBe(true);
    expect(await tasks.findOne()).toEqual({ _id: 't000', dueAt: later(300), note: 'done' });
    expect(await list.repeat(claim, 't000', later(900))).toBe(false);
    expect((await list.claim(later(300), later(360), 1)).rows).toMatchObject([{ attempts: 1 }]);
  });

  it('does anew what is called for while somebody is at it, and lets wait what is due earlier anyway', async () => {
    await add(2);
    await tasks.insertMany([{ _id: 'late', dueAt: later(900) }, { _id: 'undated' }]);
    const list = replica();
    const { claim } = await list.claim(now, later(60), 1);
    await list.demand(['t000', 't001', 'late', 'undated', 'unknown'], later(5));
    expect(await list.repeat(claim, 't000', later(900))).toBe(false);
    const dates = (await tasks.find().sort({ _id: 1 }).toArray()).map(({ _id, dueAt }) => [_id, dueAt]);
    expect(dates).toEqual([
      ['late', later(5)],
      ['t000', later(5)],
      ['t001', now],
      ['undated', later(5)],
    ]);
    await list.demand([], now);
  });

  it('says when something is due next: at once while there is more', async () => {
    await add(5);
    await tasks.insertOne({ _id: 'later', dueAt: later(30) });
    const list = replica();
    expect((await list.claim(now, later(60), 3)).next).toEqual(now);
    expect((await list.claim(now, later(60), 3)).next).toEqual(later(30));
    expect((await list.claim(now, later(60), 3)).next).toEqual(later(30));
    await tasks.deleteMany({});
    expect((await list.claim(now, later(60), 3)).next).toBeUndefined();
  });

  it('looks for what is due next only where nothing is, where thousands may wait', async () => {
    await add(3);
    await tasks.insertMany([{ _id: 'later', dueAt: later(30) }, { _id: 'undated' }]);
    const list = replica({ isLong: true });
    expect(await list.claim(now, later(60), 2)).toMatchObject({ rows: [{ _id: 't000' }, { _id: 't001' }], next: now });
    expect(await list.claim(now, later(60), 2)).toMatchObject({ rows: [{ _id: 't002' }], next: undefined });
    expect(await list.claim(now, later(60), 2)).toMatchObject({ rows: [], next: later(30) });
    await tasks.deleteMany({ dueAt: { $exists: true } });
    expect(await list.claim(now, later(60), 2)).toMatchObject({ rows: [], next: undefined });
  });

  it('gives what has been due longest first', async () => {
    await tasks.insertMany(['c', 'a', 'b'].map((_id, n) => ({ _id, dueAt: later(n - 5) })));
    expect(idsOf(await replica().claim(now, later(60), 9))).toEqual(['c', 'a', 'b']);
  });

  it('gives what belongs together to one replica, also beyond the limit', async () => {
    await add(6, now, { group: 'g' });
    expect((await replica({ together: 'group' }).claim(now, later(60), 2)).rows).toHaveLength(6);
  });

  it('gives some of what is like it as well, with all that belongs together to that', async () => {
    await tasks.insertMany([
      { _id: 'first', dueAt: later(-9), note: 'n' },
      { _id: 'like', dueAt: now, note: 'n', group: 'g' },
      { _id: 'with-like', dueAt: now, group: 'g' },
      { _id: 'else', dueAt: now, note: 'm' },
      { _id: 'not-due', dueAt: later(9), note: 'n' },
    ]);
    const list = replica({ together: 'group', beside: { field: 'note', most: 9 } });
    expect(idsOf(await list.claim(now, later(60), 1)).sort()).toEqual(['first', 'like', 'with-like']);
    await tasks.deleteMany({});
    await add(9, now, { note: 'n' });
    expect((await replica({ beside: { field: 'note', most: 4 } }).claim(now, later(60), 1)).rows.length).toBeLessThan(
      6,
    );
  });

  it('looks further down once others were quicker, and comes back to the front where it finds nothing', async () => {
    await add(30);
    const meddled = new WorkList<Task>(() => tasks, { random: () => 0.9 });
    const original = tasks.bulkWrite.bind(tasks);
    // Another replica claims what this one has just read.
    tasks.bulkWrite = (async (...args: Parameters<typeof original>) => {
      tasks.bulkWrite = original;
      await replica().claim(now, later(60), 5);
      return original(...args);
    }) as typeof original;
    expect(await meddled.claim(now, later(60), 5)).toMatchObject({ rows: [], next: now });
    expect(idsOf(await meddled.claim(now, later(60), 5))).toEqual(['t020', 't021', 't022', 't023', 't024']);
    await tasks.deleteMany({ _id: { $gte: 't006' } });
    tasks.bulkWrite = (async (...args: Parameters<typeof original>) => {
      tasks.bulkWrite = original;
      await replica().claim(now, later(60), 1);
      return original(...args);
    }) as typeof original;
    await tasks.insertOne({ _id: 't990', dueAt: now });
    expect(await meddled.claim(now, later(60), 1)).toMatchObject({ rows: [] });
    expect(idsOf(await meddled.claim(now, later(60), 1))).toEqual(['t990']);
  });

  it('lives in fields of a document’s own', async () => {
    const fields = { dueAt: 'summary.dueAt', claim: 'summary.claim', attempts: 'summary.attempts' };
    await tasks.insertOne({ _id: 't', summary: { dueAt: now, text: 's' } } as never);
    const list = replica({ fields });
    const { claim, rows } = await list.claim(now, later(60), 1);
    expect(rows).toEqual([{ _id: 't', summary: { dueAt: later(60), claim, attempts: 1, text: 's' } }]);
    await list.finish(claim, ['t']);
    expect(await tasks.findOne()).toEqual({ _id: 't', summary: { text: 's' } });
  });

  it('leaves a due date as it is that says something else as well, and takes only what is to be done', async () => {
    const fields = { dueAt: 'dueAt', lease: 'work.until', claim: 'work.claim' };
    const options = { fields, where: { note: 'open' } };
    const [one, other] = [replica(options), replica(options)];
    await add(3, now, { note: 'open' });
    await tasks.insertMany([
      { _id: 'over', dueAt: now, note: 'closed' },
      { _id: 'next', dueAt: later(90), note: 'open' },
    ]);
    const claimed = await one.claim(now, later(60), 2);
    expect(claimed.rows).toMatchObject([{ dueAt: now }, { dueAt: now }]);
    const left = await other.claim(now, later(60), 9);
    expect([...idsOf(claimed), ...idsOf(left)].sort()).toEqual(['t000', 't001', 't002']);
    expect([left.next, (await other.claim(now, later(60), 9)).next]).toEqual([later(90), later(90)]);
    await tasks.updateOne({ _id: 't000' }, { $set: { note: 'closed' } });
    await one.postpone(claimed.claim, ['t001'], later(70));
    await other.postpone(left.claim, ['t002'], later(61));
    expect(idsOf(await one.claim(later(61), later(120), 9))).toEqual(['t002']);
    expect(idsOf(await one.claim(later(70), later(130), 9))).toEqual(['t001']);
    expect((await tasks.find({ dueAt: now }).toArray()).length).toBe(4);
  });
});
