import { DatabaseHealth, MongoTransactions } from '@medflow/service-kit';
import { testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { MailQueued } from '../src/adapters/mail/mail-queued.js';
import { MongoMailQueue } from '../src/adapters/mongo/mongo-mail-queue.js';
import { LetterRecord, letterSchema } from '../src/adapters/mongo/schemas.js';
import { notificationsOf } from '../src/domain/notification.js';

const now = new Date('2026-11-23T08:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe('the mail queue', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let connection: mongoose.Connection;
  let health: DatabaseHealth;
  let queue: MongoMailQueue;
  let told = 0;
  beforeAll(async () => {
    database = await testDatabase('mail_queue');
    connection = await mongoose.createConnection(database.uri).asPromise();
    const letters = connection.model<LetterRecord>(LetterRecord.name, letterSchema);
    await letters.init();
    health = new DatabaseHealth(connection);
    const transactions = new MongoTransactions(connection, health);
    const queued = new MailQueued();
    queued.listen(() => (told += 1));
    queue = new MongoMailQueue(letters, transactions, queued);
  });
  afterAll(async () => {
    health.onModuleDestroy();
    await connection.close();
    await database.drop();
  });
  beforeEach(() => database.client.db().collection('mail_queue').deleteMany({}));

  const claim = async (now: Date, until: Date, limit: number) => (await queue.claim(now, until, limit)).letters;
  const nextDue = async () => (await queue.claim(new Date(0), now, 1)).next;

  const enqueue = async (events: number) => {
    for (let n = 0; n < events; n += 1) {
      const common = { appointmentId: 'a', doctorId: 'd', patientId: 'p', startsAt: now, at: now };
      await queue.enqueue(notificationsOf({ eventId: `e${n}`, kind: 'appointment-accepted', ...common }), now);
    }
  };

  it('gives each letter to one of many who ask at the same time', async () => {
    await enqueue(50);
    const taken: string[] = [];
    for (let round = 0; round < 30 && taken.length < 100; round += 1) {
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(now, later(180), 20)));
      taken.push(...claims.flat().map(({ id }) => id));
    }
    expect(taken).toHaveLength(100);
    expect(new Set(taken).size).toBe(100);
  });

  it('gives a letter again once a turn ran out, and takes no more word from whoever had it', async () => {
    await enqueue(1);
    const [before] = await claim(now, later(180), 1);
    expect((await claim(later(179), later(360), 9)).map(({ id }) => id)).not.toContain(before!.id);
    const again = (await claim(later(180), later(360), 9)).find(({ id }) => id === before!.id);
    expect(again).toMatchObject({ attempts: 2, queuedAt: now });
    await queue.postpone([before!], now);
    await queue.release([before!], now);
    await queue.giveUp(before!, 'late');
    expect(await claim(later(181), later(361), 9)).toEqual([]);
    await queue.postpone([again!], later(200));
    expect(await claim(later(200), later(380), 9)).toMatchObject([{ attempts: 3 }]);
  });

  it('gives letters about accounts with the others, and takes each once', async () => {
    const letter = { id: 'l1', accountId: 'p', kind: 'verification' } as const;
    await queue.enqueueAccountLetter(letter, now);
    await enqueue(1);
    await expect(queue.enqueueAccountLetter(letter, now)).rejects.toThrow(/duplicate/i);
    const claimed = await claim(now, later(180), 9);
    expect(claimed).toHaveLength(3);
    expect(claimed.filter((one) => 'account' in one)).toEqual([
      { id: 'l1', attempts: 1, queuedAt: now, claim: expect.any(String), account: letter },
    ]);
    await queue.sent(['l1']);
    expect(await claim(later(180), later(360), 9)).toHaveLength(2);
  });

  it('gives what waits for the accounts of a batch with it: they get one mail, and nobody claims the rest for nothing', async () => {
    await enqueue(30);
    const accounts = new Set(
      (await claim(now, later(180), 1)).map((one) => 'notification' in one && one.notification.accountId),
    );
    expect(accounts.size).toBe(1);
    expect(await claim(now, later(180), 1)).toHaveLength(30);
    expect(await claim(now, later(180), 1)).toEqual([]);
  });

  it('gives all of a bundle together, also beyond the limit, and none of it that is somebody else’s meanwhile', async () => {
    await enqueue(4);
    const all = await claim(now, later(180), 8);
    await queue.bundle(all.slice(0, 5), 'b1');
    // The turn runs out: whoever had it is gone.
    const again = await claim(later(180), later(360), 1);
    const bundled = again.filter(({ bundle }) => bundle === 'b1').map(({ id }) => id);
    expect([0, 5]).toContain(bundled.length);
    const rest = await claim(later(180), later(360), 9);
    const ids = [...again, ...rest].map(({ id }) => id);
    expect(new Set(ids).size).toBe(8);
    for (const turn of [again, rest]) expect([0, 5]).toContain(turn.filter(({ bundle }) => bundle === 'b1').length);
    await queue.bundle(all, 'b2');
    expect(await claim(later(360), later(540), 9)).not.toContainEqual(expect.objectContaining({ bundle: 'b2' }));
  });

  it('remembers what was held back, and counts no attempt for it', async () => {
    await enqueue(1);
    const letters = await claim(now, later(180), 2);
    await queue.holdBack(letters, later(60));
    expect(await claim(later(59), later(240), 9)).toEqual([]);
    expect(await claim(later(60), later(240), 9)).toMatchObject([
      { attempts: 1, heldBack: true },
      { attempts: 1, heldBack: true },
    ]);
  });

  it('counts no attempt for what is handed back untried, and never gives what was given up', async () => {
    await enqueue(1);
    const [first, second] = await claim(now, later(180), 2);
    await queue.release([first!], now);
    await queue.giveUp(second!, 'refused');
    expect(await claim(now, later(180), 9)).toMatchObject([{ ...first!, claim: expect.any(String) }]);
    expect(await claim(later(86_400), later(86_580), 9)).toHaveLength(1);
  });

  it('tells of what is written, and knows when the next one is due', async () => {
    expect(await nextDue()).toBeUndefined();
    const before = told;
    await enqueue(1);
    expect(told).toBeGreaterThan(before);
    expect(await nextDue()).toEqual(now);
    const [first, second] = await claim(now, later(180), 2);
    expect(await nextDue()).toEqual(later(180));
    await queue.postpone([first!], later(5));
    expect(await nextDue()).toEqual(later(5));
    await queue.giveUp(first!, 'late');
    await queue.giveUp({ ...second! }, 'refused');
    expect(await nextDue()).toEqual(later(5));
  });
});
