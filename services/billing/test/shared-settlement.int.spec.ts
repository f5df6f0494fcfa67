import { BackgroundWorks, DatabaseHealth, MongoTransactions } from '@medflow/service-kit';
import { eventually, testDatabase } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { Jobs } from '../src/adapters/jobs/jobs.js';
import { MongoCharges } from '../src/adapters/mongo/mongo-charges.js';
import { ChargeRecord, chargeSchema } from '../src/adapters/mongo/schemas.js';
import { SystemClock } from '../src/adapters/system/system.js';
import type { SettleHandler } from '../src/application/settle.js';
import { Charge } from '../src/domain/charge.js';
import { DAY_MS, msAfter } from '../src/domain/values.js';

const COUNT = 200;
/** Whoever finds its batch taken looks again a second later. */
const PATIENCE_MS = 20_000;

/** Two processes that settle charges on one database. */
describe('charges that are due', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let connection: Connection;
  let health: DatabaseHealth;
  const running: { works: BackgroundWorks; jobs: Jobs }[] = [];
  const clock = new SystemClock();

  beforeAll(async () => {
    database = await testDatabase('shared_settlement');
    connection = await mongoose.createConnection(database.uri).asPromise();
    health = new DatabaseHealth(connection);
    await connection.model(ChargeRecord.name, chargeSchema).init();
  }, 60_000);
  afterEach(async () => {
    for (const { works, jobs } of running.splice(0)) {
      await works.onModuleDestroy();
      await jobs.onModuleDestroy();
    }
    await charges().collection.deleteMany({});
  });
  afterAll(async () => {
    health.onModuleDestroy();
    await connection.close();
    await database.drop();
  });

  const charges = () => connection.model<ChargeRecord>(ChargeRecord.name);
  const repository = () => {
    const schedule = { settleAt: () => undefined };
    const transactions = new MongoTransactions(connection, health);
    const [books, receipts, facts] = [{}, {}, {}] as never[];
    return new MongoCharges(charges() as never, books!, receipts!, facts!, schedule, transactions, clock);
  };

  /**
   * @param turn what it waits for before it settles another
   * @returns the ids of what it settles, as it begins with them
   */
  function start(turn: (settled: string[]) => Promise<void> = async () => undefined): string[] {
    const settled: string[] = [];
    const mine = repository();
    const works = new BackgroundWorks(health);
    const jobs = new Jobs(works, clock);
    const attempt = async (id: string) => {
      settled.push(id);
      await turn(settled);
      await mine.putOff(id, null);
      return 'done';
    };
    jobs.serve({ attempt } as unknown as SettleHandler, mine);
    jobs.onApplicationBootstrap();
    running.push({ works, jobs });
    return settled;
  }

  async function due(count: number): Promise<string[]> {
    const now = clock.now();
    const opened = Array.from({ length: count }, (_, n) => {
      const price = { amount: 60_000, currency: 'TND' };
      const who = { appointmentId: `a${n}`, patientId: 'patient', doctorId: 'doctor', startsAt: msAfter(now, DAY_MS) };
      const terms = { mode: 'video', price, timing: 'at-booking', status: 'held', sequence: 1 } as const;
      return Charge.open(`c${String(n).padStart(3, '0')}`, { ...who, ...terms }, now);
    });
    await repository().addAll(opened);
    await charges().collection.updateMany({}, { $set: { checkAt: now } });
    return opened.map(({ state }) => state.id);
  }

  it('are settled by one of two processes each, and by each of them some', async () => {
    const ids = await due(COUNT);
    // Whoever comes first would take them all before the other is awake: half-way they wait for each other.
    const both: string[][] = [];
    const turn = async (settled: string[]) => {
      if (settled.length >= COUNT / 2)
        await eventually(() => both.every(({ length }) => length > 0), { timeoutMs: PATIENCE_MS });
    };
    const [one, other] = [start(turn), start(turn)];
    both.push(one, other);
    await eventually(() => one.length + other.length >= COUNT, { timeoutMs: PATIENCE_MS });
    expect([...one, ...other].sort()).toEqual(ids);
    expect(Math.min(one.length, other.length)).toBeGreaterThan(0);
    const left = { $or: [{ claim: { $exists: true } }, { checkAt: { $ne: null } }] };
    await eventually(async () => (await charges().collection.countDocuments(left)) === 0);
  });

  it('are settled by another process when the lease of one that died is over, and not before', async () => {
    const ids = await due(3);
    const until = msAfter(clock.now(), 2_500);
    expect((await repository().takeDue(clock.now(), until, 10)).ids.sort()).toEqual(ids);
    const living = start();
    await eventually(() => living.length === 3);
    expect([living.sort(), clock.now() >= until]).toEqual([ids, true]);
  });
});
