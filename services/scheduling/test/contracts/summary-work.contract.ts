import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AvailabilitySummary } from '../../src/domain/availability-summary.js';
import type { SummaryTurn, SummaryWork } from '../../src/domain/summary-work.js';
import { minutesAfter } from '../../src/domain/values.js';

/** Far ahead: nothing that works by the real clock comes to it. */
const now = new Date('2099-11-23T08:00:00Z');
const later = (minutes: number) => minutesAfter(now, minutes);
const summary: AvailabilitySummary = { nextAvailableAt: later(60), days: ['2099-11-23'], modes: ['video'] };
const LEASE_MINUTES = 10;

export interface ListedSummaries {
  work: SummaryWork;
  /** Knows the doctor, as published or not. */
  put(doctorId: string, published: boolean): Promise<void>;
  /** Sequences of what was told of the doctor. */
  told(doctorId: string): Promise<number[]>;
}

/** What whoever makes summaries may rely on, wherever the list is. */
export function summaryWorkContract(open: () => ListedSummaries | Promise<ListedSummaries>): void {
  let listed: ListedSummaries;
  let work: SummaryWork;
  beforeAll(async () => {
    listed = await open();
    ({ work } = listed);
  }, 60_000);

  let doctors = 0;
  const some = () => `summarised-${(doctors += 1)}`;
  /** On the list, and due. */
  async function due(count: number, at = now): Promise<string[]> {
    const ids = Array.from({ length: count }, some);
    for (const id of ids) {
      await listed.put(id, true);
      work.touch(id);
    }
    await work.noteTouched(at);
    return ids;
  }
  const claim = (at: Date, limit = 100) => work.claim(at, minutesAfter(at, LEASE_MINUTES), limit);
  const idsOf = (turns: readonly SummaryTurn[]) => turns.map(({ doctor }) => doctor.id);
  /** Nothing is left for the next test. */
  async function finish(...turns: readonly SummaryTurn[]): Promise<void> {
    for (const turn of turns) {
      await listed.put(turn.doctor.id, false);
      await work.drop(turn);
    }
  }
  const one = async (at: Date): Promise<SummaryTurn> => (await claim(at)).turns[0]!;

  describe('summaries that are due', () => {
    it('are given to one replica each, those that have waited longest first', async () => {
      const [late, early] = [await due(3), await due(3, later(-5))];
      const first = await claim(now, 3);
      expect(idsOf(first.turns).sort()).toEqual(early.sort());
      expect(first.next).toEqual(now);
      const [second, third] = await Promise.all([claim(now, 2), claim(now, 2)]);
      const rest = [...second.turns, ...third.turns, ...(await claim(now)).turns];
      expect(idsOf(rest).sort()).toEqual(late.sort());
      expect((await claim(now)).turns).toEqual([]);
      await finish(...first.turns, ...rest);
    });

    it('are due for everybody again when the lease of whoever had them is over', async () => {
      const [id] = await due(1);
      const lost = await one(now);
      expect((await claim(later(LEASE_MINUTES - 1))).turns).toEqual([]);
      const again = await one(later(LEASE_MINUTES));
      expect([again.doctor.id, again.attempts]).toEqual([id, 2]);
      await work.keep(lost, summary, now, later(500));
      expect(await listed.told(id!)).toEqual([]);
      await work.keep(again, summary, now, later(500));
      expect(await listed.told(id!)).toEqual([1]);
      await finish(await one(later(500)));
    });

    it('are made anew where a booking or a change comes in between, and not told twice', async () => {
      const [id] = await due(1);
      const first = await one(now);
      work.touch(id!);
      expect(await work.noteTouched(now)).toBe(true);
      expect(await work.noteTouched(now)).toBe(false);
      await work.keep(first, summary, now, later(500));
      expect(await listed.told(id!)).toEqual([]);
      const second = await one(now);
      expect(second.attempts).toBe(2);
      await work.keep(second, summary, now, later(1));
      const third = await one(later(1));
      expect([third.attempts, third.told]).toEqual([1, { summary, sequence: 1 }]);
      await work.keep(third, summary, later(1), later(2));
      const fourth = await one(later(2));
      await work.keep(fourth, { ...summary, days: [] }, later(2), later(3));
      expect(await listed.told(id!)).toEqual([1, 2]);
      await finish(await one(later(3)));
    });

    it('are due next when that is said, or later where they cannot be made now', async () => {
      await due(2);
      const { turns } = await claim(now);
      await work.keep(turns[0]!, summary, now, later(30));
      await work.postpone(turns[1]!, later(5));
      expect((await claim(later(4))).next).toEqual(later(5));
      const again = await claim(later(5));
      expect(again.turns.map(({ attempts }) => attempts)).toEqual([2]);
      expect(again.next).toEqual(later(30));
      await finish(...again.turns, ...(await claim(later(30))).turns);
    });

    it('are none of who is not published, until that changes', async () => {
      const [id] = await due(1);
      await listed.put(id!, false);
      const turn = await one(now);
      expect(turn.doctor.published).toBe(false);
      await work.drop(turn);
      await work.adopt(now);
      expect((await claim(later(500))).turns).toEqual([]);
      await listed.put(id!, true);
      await work.adopt(now);
      await finish(...(await claim(now)).turns);
    });

    it('are all that are published and wait for nothing, once', async () => {
      const ids = [some(), some()];
      for (const id of ids) await listed.put(id, true);
      await work.adopt(now);
      const { turns } = await claim(now);
      expect(idsOf(turns).sort()).toEqual(ids);
      await work.adopt(now);
      expect((await claim(now)).turns).toEqual([]);
      await finish(...turns);
    });
  });
}
