import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ClientSession, Db } from '../mongo.js';
import { Deposed, RelayLease } from './lease.js';

interface Row {
  _id: string;
  holder: string;
  epoch: number;
  until: Date;
}

/** The leases of one outbox, with as much of a collection as they need. */
class FakeLeases {
  rows: Row[] = [];
  readonly db = { collection: () => this } as unknown as Db;

  /** Id of the one that somebody who was killed has written in a transaction. */
  locked?: string;

  async findOneAndUpdate(
    { _id, until }: { _id: string; until: { $lte: Date } },
    { $set }: { $set: { holder: string; until: Date } },
  ): Promise<Row> {
    this.expectUnlocked(_id);
    const known = this.rows.find((row) => row._id === _id);
    if (known && known.until > until.$lte) throw Object.assign(new Error('duplicate key'), { code: 11000 });
    const row = { ...$set, _id, epoch: (known?.epoch ?? 0) + 1 };
    this.rows = [...this.rows.filter((one) => one !== known), row];
    return row;
  }

  async updateOne(filter: Partial<Row>, { $set }: { $set: Partial<Row> }): Promise<{ matchedCount: number }> {
    const row = this.rows.find(({ _id, holder, epoch }) => match(filter, { _id, holder, epoch }));
    if (row) Object.assign(row, $set);
    return { matchedCount: row ? 1 : 0 };
  }

  private expectUnlocked(id: string | undefined): void {
    if (id === this.locked) throw Object.assign(new Error('operation exceeded time limit'), { code: 50 });
  }

  async deleteOne({ until: _, ...filter }: Partial<Row>): Promise<void> {
    this.expectUnlocked(filter._id);
    this.rows = this.rows.filter((row) => !match(filter, row));
  }

  find({ _id }: { _id: { $ne: string } }) {
    return { toArray: async () => this.rows.filter((row) => row._id !== _id.$ne) };
  }
}

const match = (filter: Partial<Row>, row: Partial<Row>) =>
  Object.entries(filter).every(([name, value]) => row[name as keyof Row] === value);

const session = undefined as unknown as ClientSession;
let leases: FakeLeases;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  leases = new FakeLeases();
});
afterEach(() => {
  jest.useRealTimers();
});

const replica = () => new RelayLease(() => leases.db, { durationMs: 5_000 });

describe('the lease of a relay', () => {
  it('is the main one for the first, which publishes what is nobody else’s, and each other’s its own', async () => {
    const [first, second, third] = [replica(), replica(), replica()];
    for (const lease of [first, second, third]) expect(await lease.hold()).toBe(true);
    expect([first, second, third].map(({ isMain }) => isMain)).toEqual([true, false, false]);
    expect(await first.mine()).toEqual({ relay: { $nin: [second.replica, third.replica] } });
    expect(await second.mine()).toEqual({ relay: second.replica });
  });

  it('of who gives no sign of life is void, and its rows are the main one’s', async () => {
    const [main, gone] = [replica(), replica()];
    await main.hold();
    await gone.hold();
    await main.mine();
    for (let seconds = 0; seconds < 6; seconds += 1) {
      jest.advanceTimersByTime(1_000);
      await main.hold();
    }
    expect(await main.mine()).toEqual({});
    await expect(gone.assertIn(session)).rejects.toThrow(Deposed);
    expect(gone.held).toBe(false);
    // Alive after all, it begins anew.
    expect(await gone.hold()).toBe(true);
    expect(await gone.mine()).toEqual({ relay: gone.replica });
  });

  it('passes on when the main one is gone, and what the former one does under it is void', async () => {
    const [first, second] = [replica(), replica()];
    await first.hold();
    await second.hold();
    jest.advanceTimersByTime(5_100);
    expect(await second.hold()).toBe(true);
    expect(second.isMain).toBe(true);
    await expect(first.assertIn(session)).rejects.toThrow(Deposed);
    expect(await second.mine()).toEqual({});
    expect(leases.rows.map(({ _id }) => _id)).toEqual(['relay']);
  });

  it('is passed on at once by who stops', async () => {
    const [first, second] = [replica(), replica()];
    await first.hold();
    await second.hold();
    await first.release();
    jest.advanceTimersByTime(1_100);
    await second.hold();
    expect(second.isMain).toBe(true);
    await second.release();
    expect(leases.rows).toMatchObject([{ _id: 'relay', until: new Date(0) }]);
  });

  it('that a killed one has locked is left alone for a while: each goes on with its own rows', async () => {
    const foundLocked = jest.fn(async () => undefined);
    const successor = new RelayLease(() => leases.db, { durationMs: 5_000, foundLocked });
    await replica().hold();
    leases.locked = 'relay';
    jest.advanceTimersByTime(5_100);
    for (let seconds = 0; seconds < 20; seconds += 1) {
      expect(await successor.hold()).toBe(true);
      expect(await successor.mine()).toEqual({ relay: successor.replica });
      jest.advanceTimersByTime(1_000);
    }
    expect(foundLocked).toHaveBeenCalledTimes(2);
    leases.locked = undefined;
    await successor.hold();
    expect([successor.isMain, await successor.mine()]).toEqual([true, {}]);
  });

  it('of another that is gone and has locked its own keeps its rows from the main one', async () => {
    const [main, gone] = [replica(), replica()];
    await main.hold();
    await gone.hold();
    leases.locked = gone.replica;
    for (let seconds = 0; seconds < 6; seconds += 1) {
      jest.advanceTimersByTime(1_000);
      await main.hold();
    }
    expect(await main.mine()).toEqual({ relay: { $nin: [gone.replica] } });
    leases.locked = undefined;
    jest.advanceTimersByTime(5_000);
    await main.hold();
    expect(await main.mine()).toEqual({});
  });

  it('is renewed before it lapses, and else costs nothing', async () => {
    const lease = replica();
    await lease.hold();
    const { epoch } = leases.rows[0]!;
    const renewed = jest.spyOn(leases, 'updateOne');
    for (let n = 0; n < 120; n += 1) {
      jest.advanceTimersByTime(500);
      await lease.hold();
    }
    expect(renewed.mock.calls.length).toBeLessThanOrEqual(16);
    expect(leases.rows).toMatchObject([{ epoch }]);
  });
});
