import { describe, expect, it } from '@jest/globals';
import { RoomForHolds } from './room-for-holds.js';

const passed = async (wait: Promise<void>) => {
  const startedAt = performance.now();
  await wait;
  return performance.now() - startedAt;
};

describe('who waits for room', () => {
  it('hears of every change of theirs, and of nobody else’s', async () => {
    const room = new RoomForHolds();
    const waits = [room.change('amina', 10_000), room.change('amina', 10_000)].map(passed);
    const other = passed(room.change('karim', 60));
    room.announce('amina');
    for (const took of await Promise.all(waits)) expect(took).toBeLessThan(50);
    expect(await other).toBeGreaterThan(50);
  });

  it('looks again by themselves, and a later change wakes nobody', async () => {
    const room = new RoomForHolds();
    expect(await passed(room.change('amina', 30))).toBeGreaterThan(25);
    expect(() => room.announce('amina')).not.toThrow();
  });
});
