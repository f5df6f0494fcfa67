import { BackgroundWorks, MongoTransactions } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Summaries } from '../src/application/summaries.js';
import { defaultPlan } from '../src/domain/availability-plan.js';
import { SummaryWork } from '../src/domain/summary-work.js';
import { HOUR_MS } from '../src/domain/values.js';
import { type Replica, Replicas } from './replicas.js';

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

/** What one replica did. */
interface Done {
  /** Doctors whose summaries it made. */
  readonly made: string[];
  /** How many it claimed each time. */
  readonly rounds: number[];
}

function watched(replica: Replica): Done {
  const [made, rounds]: [string[], number[]] = [[], []];
  const work = replica.get(SummaryWork);
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
  return { made, rounds };
}

describe('the summaries of all doctors', () => {
  let replicas: Replicas;
  const done: Done[] = [];
  beforeAll(async () => {
    replicas = await Replicas.start('summaries', 2, (replica) => void done.push(watched(replica)));
  }, 60_000);
  afterAll(() => replicas.stop(), 60_000);

  const doctors = () => replicas.collection('doctors');
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
  async function workOff(replica: Replica): Promise<void> {
    const summaries = replica.get(Summaries);
    for (let next: Date | undefined = new Date(0); next && next <= new Date();) next = await summaries.refresh();
  }

  it('are made by all replicas together, each once, a batch at a time', async () => {
    // Of an earlier release, which has no list.
    await publish(DOCTORS);
    await Promise.all(replicas.all.map(workOff));
    expect(await summarised()).toBe(DOCTORS);
    const [one, other] = done.map(({ made }) => made);
    expect(new Set([...one!, ...other!]).size).toBe(DOCTORS);
    expect(one!.length + other!.length).toBe(DOCTORS);
    for (const { made } of done) expect(made.length).toBeGreaterThanOrEqual(DOCTORS / 5);
    const rounds = done.flatMap((each) => each.rounds);
    console.log(`rounds: ${done.map((each) => each.rounds.length).join(' and ')} for ${DOCTORS} doctors`);
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
    const [app] = replicas.all as [Replica];
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
    done.forEach(({ made }) => (made.length = 0));
    await eventually(() => done.some(({ made }) => made.includes('doctor-0004')));
    expect(done.flatMap(({ made }) => made)).toEqual(['doctor-0004']);
  });

  it('cost the list one command for the many doctors who were touched', async () => {
    const [app] = replicas.all as [Replica];
    const collection = app.get(SummaryWork) as unknown as {
      doctors: { collection: { bulkWrite(...args: unknown[]): Promise<unknown> } };
    };
    const { collection: rows } = collection.doctors;
    const bulkWrite = rows.bulkWrite.bind(rows);
    let commands = 0;
    rows.bulkWrite = (...args: unknown[]) => {
      commands += 1;
      return bulkWrite(...args);
    };
    const summaries = app.get(Summaries);
    for (let n = 0; n < 200; n += 1) summaries.touch(`doctor-${String(n % 40).padStart(4, '0')}`);
    await summaries.noteTouched();
    expect(commands).toBe(1);
    rows.bulkWrite = bulkWrite;
    await workOff(app);
  });

  it('are made by another where a replica died at it', async () => {
    const [dead, living] = replicas.all as [Replica, Replica];
    await dead.get(BackgroundWorks).onModuleDestroy();
    const ids = ['doctor-0001', 'doctor-0002'];
    const lapsed = new Date(Date.now() - 1);
    await doctors().updateMany({ _id: { $in: ids } }, { $set: { 'summaryWork.dueAt': lapsed } });
    const { turns } = await dead.get(SummaryWork).claim(new Date(), new Date(Date.now() + 1_500), BATCH);
    expect(turns.map(({ doctor }) => doctor.id).sort()).toEqual(ids);
    const { made } = done[1]!;
    made.length = 0;
    await workOff(living);
    expect(made).toEqual([]);
    await eventually(async () => {
      await workOff(living);
      return made.length === 2;
    });
    expect(made.sort()).toEqual(ids);
  });
});
