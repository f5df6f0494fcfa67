import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Pace, turnOf } from './pace.js';

const start = new Date('2026-11-23T08:00:00Z').getTime();
const at = (seconds: number) => new Date(start + seconds * 1_000);
const waiting = (count: number, heldBack = false) => ({ count, heldBack });

describe('news of one account', () => {
  it('goes one by one while it is little', () => {
    expect(turnOf(undefined, waiting(1), at(0))).toEqual({ send: 'singly', pace: { lastAt: at(0), sent: 1 } });
    expect(turnOf({ lastAt: at(0), sent: 1 }, waiting(2), at(5))).toMatchObject({ send: 'singly', pace: { sent: 3 } });
  });

  it('goes in one letter when more than three wait', () => {
    expect(turnOf(undefined, waiting(3), at(0)).send).toBe('singly');
    expect(turnOf(undefined, waiting(4), at(0)).send).toBe('together');
    expect(turnOf({ lastAt: at(0), sent: 2 }, waiting(2), at(5)).send).toBe('together');
  });

  it('waits for the minute after three letters, and then goes together', () => {
    const rush: Pace = { lastAt: at(0), sent: 3 };
    expect(turnOf(rush, waiting(1), at(59))).toEqual({ send: 'later', at: at(60) });
    expect(turnOf(rush, waiting(1, true), at(60))).toEqual({ send: 'together', pace: { lastAt: at(60), sent: 3 } });
  });

  it('begins anew when a minute has passed in which nothing waited', () => {
    expect(turnOf({ lastAt: at(0), sent: 3 }, waiting(2), at(60))).toMatchObject({ send: 'singly', pace: { sent: 2 } });
  });

  it('is never more than three letters and one for each minute of a rush, and never lost', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 60 });
    fc.assert(
      fc.property(arrivals, (pauses) => {
        let now = 0;
        const due = pauses.map((pause) => (now += pause));
        let pace: Pace | undefined;
        let held: number[] = [];
        let dueAt = 0;
        const letters: { at: number; news: number[] }[] = [];
        for (let second = 0; second <= now + 120; second += 1) {
          const fresh = due.filter((one) => one === second);
          const waits = second >= dueAt ? [...held, ...fresh] : fresh;
          if (waits.length === 0) continue;
          const turn = turnOf(pace, waiting(waits.length, second >= dueAt && held.length > 0), at(second));
          if (turn.send === 'later') {
            held = second >= dueAt ? waits : [...held, ...fresh];
            dueAt = (turn.at.getTime() - start) / 1_000;
            continue;
          }
          pace = turn.pace;
          letters.push(
            ...(turn.send === 'together' ? [waits] : waits.map((one) => [one])).map((news) => ({ at: second, news })),
          );
          if (second >= dueAt) held = [];
        }
        expect(letters.flatMap(({ news }) => news)).toHaveLength(due.length);
        // Arrivals are never a minute apart: it is one rush.
        const minutes = Math.floor((letters.at(-1)?.at ?? 0) / 60);
        expect(letters.length).toBeLessThanOrEqual(3 + minutes + 1);
      }),
    );
  });
});
