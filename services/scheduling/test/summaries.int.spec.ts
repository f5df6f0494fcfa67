import { InProcessBus } from '@medflow/messaging';
import { BackgroundWorks, createApplication, MongoTransactions } from '@medflow/service-kit';
import { eventually, testConfig, testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Summaries } from '../src/application/summaries.js';
import { defaultPlan } from '../src/domain/availability-plan.js';
import { SummaryWork } from '../src/domain/summary-work.js';
import { HOUR_MS } from '../src/domain/values.js';
import { scheduling } from '../src/index.js';

const DOCTORS = 500;
const BATCH = 50;
const price = { amount: 60_000, currency: 'TND' };
const weekly = [1, 3, 5].map((weekday) => ({
  weekday,
  start: '08:00',
  end: '10:00',
  slotMinutes: 30,
  mode: 'video',
  price,
}));

interface Replica {
  app: Awaited<ReturnType<typeof createApplication>>;
  /** Doctors whose summaries it made. */
  readonly made: string[];
  /** How many it claimed each time. */
  readonly rounds: number[];
}

describe('the summaries of all doctors', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let bus: InProcessBus;
  const replicas: Replica[] = [];

  /** Not started yet: what it does by itself begins with `init`. */
  async function replica(): Promise<Replica> {
    const config = testConfig({ mongoUri: database.uri, bus: { kind: 'in-process', bus } });
    const app = await createApplication(scheduling.options, config);
    const [made, rounds]: [string[], number[]] = [[], []];
    const work = app.get(SummaryWork);
    const [claim, keep] = [work.claim.bind(work), work.keep.bind(work)];
    work.claim = async (...args) => {
      const claimed = await claim(...args);
      if (claimed.turns.length > 0) rounds.push(claimed.turns.length);
      return claimed;
    };
    work.keep = async (turn, ...rest) => {
      made.push(turn.doctor.id);
      await keep(turn, ...rest);
    };
    const one = { app, made, rounds };
    replicas.push(one);
    return one;
  }

  const doctors = () => database.client.db().collection<{ _id: string }>('doctors');
  const publish = (count: number) =>
    doctors().insertMany(
      Array.from({ length: count }, (_, n) => ({
        _id: `doctor-${String(n).padStart(4, '0')}`,
        ...{ firstName: 'Karim', lastName: 'Trabelsi', published: true, profileSequence: 1, version: 1 },
        // No slot so near that it passes meanwhile.
        plan: { ...defaultPlan, weekly, minNoticeMinutes: 24 * 60 },
      })),
    );
  const summarised = () => doctors().countDocuments({ 'summary.sequence': { $gte: 1 } });
  /** Until nothing is due. */
  async function workOff({ app }: Replica): Promise<void> {
    const summaries = app.get(Summaries);
    for (let next: Date | undefined = new Date(0); next && next <= new Date();) next = await summaries.refresh();
  }

  beforeAll(async () => {
    database = await testDatabase('summaries');
    bus = new InProcessBus(database.client.db());
    for (let n = 0; n < 2; n += 1) await (await replica()).app.init();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(replicas.map(({ app }) => app.close()));
    bus.close();
    await database.drop();
  }, 60_000);

  it('are made by all replicas together, each once, a batch at a time', async () => {
    // Of an earlier release, which has no list.
    await publish(DOCTORS);
    await Promise.all(replicas.map(workOff));
    expect(await summarised()).toBe(DOCTORS);
    const [one, other] = replicas.map(({ made }) => made);
    expect(new Set([...one!, ...other!]).size).toBe(DOCTORS);
    expect(one!.length + other!.length).toBe(DOCTORS);
    for (const { made } of replicas) expect(made.length).toBeGreaterThanOrEqual(DOCTORS / 5);
    const rounds = replicas.flatMap((each) => each.rounds);
    console.log(`rounds: ${replicas.map((each) => each.rounds.length).join(' and ')} for ${DOCTORS} doctors`);
    // Who comes second to some of what it wanted has less in that round.
    expect(rounds.length).toBeLessThanOrEqual((DOCTORS / BATCH) * 1.5);
    expect(Math.max(...rounds)).toBeLessThanOrEqual(BATCH);
  }, 60_000);

  it('are due again at different times, within hours', async () => {
    const rows = await doctors()
      .find({}, { projection: { summaryWork: 1 } })
      .toArray();
    const dates = rows.map((row) => (row as unknown as { summaryWork: { dueAt: Date } }).summaryWork.dueAt.getTime());
    expect(new Set(dates).size).toBeGreaterThan(DOCTORS / 2);
    expect(Math.min(...dates)).toBeGreaterThan(Date.now() + 2.9 * HOUR_MS);
    expect(Math.max(...dates)).toBeLessThanOrEqual(Date.now() + 6 * HOUR_MS);
  });

  it('follow what was committed, and what was not touches nobody', async () => {
    const [{ app }] = replicas as [Replica];
    const transactions = app.get(MongoTransactions);
    const summaries = app.get(Summaries);
    const failed = transactions.run(async () => {
      summaries.touch('doctor-0003');
      throw new Error('not committed');
    });
    await expect(failed).rejects.toThrow('not committed');
    expect(await summaries.noteTouched()).toBe(false);
    await transactions.run(async () => {
      summaries.touch('doctor-0004');
      expect(await app.get(SummaryWork).noteTouched(new Date())).toBe(false);
    });
    replicas.forEach(({ made }) => (made.length = 0));
    await eventually(() => replicas.some(({ made }) => made.includes('doctor-0004')));
    expect(replicas.flatMap(({ made }) => made)).toEqual(['doctor-0004']);
  });

  it('cost the list one command for the many doctors who were touched', async () => {
    const [{ app }] = replicas as [Replica];
    const collection = app.get(SummaryWork) as unknown as {
      doctors: { collection: { updateMany(...args: unknown[]): Promise<unknown> } };
    };
    const { collection: rows } = collection.doctors;
    const updateMany = rows.updateMany.bind(rows);
    let commands = 0;
    rows.updateMany = (...args: unknown[]) => {
      commands += 1;
      return updateMany(...args);
    };
    const summaries = app.get(Summaries);
    for (let n = 0; n < 200; n += 1) summaries.touch(`doctor-${String(n % 40).padStart(4, '0')}`);
    await summaries.noteTouched();
    expect(commands).toBe(1);
    rows.updateMany = updateMany;
    await workOff({ app } as Replica);
  });

  it('are made by another where a replica died at it', async () => {
    const [dead, living] = replicas as [Replica, Replica];
    await dead.app.get(BackgroundWorks).onModuleDestroy();
    const ids = ['doctor-0001', 'doctor-0002'];
    const lapsed = new Date(Date.now() - 1);
    await doctors().updateMany({ _id: { $in: ids } }, { $set: { 'summaryWork.dueAt': lapsed } });
    const { turns } = await dead.app.get(SummaryWork).claim(new Date(), new Date(Date.now() + 1_500), BATCH);
    expect(turns.map(({ doctor }) => doctor.id).sort()).toEqual(ids);
    living.made.length = 0;
    await workOff(living);
    expect(living.made).toEqual([]);
    await eventually(async () => {
      await workOff(living);
      return living.made.length === 2;
    });
    expect(living.made.sort()).toEqual(ids);
  });
});
