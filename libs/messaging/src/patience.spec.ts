import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from '@medflow/service-kit';
import { Subject } from 'rxjs';
import { Patience } from './patience.js';

describe('patience with a database that is away', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const answering = () => ({ reachable: true, back: new Subject<void>() });
  const away = () => Promise.reject(new DatabaseUnavailable('away'));

  it('tries an event again for as long as the outage lasts, ever more slowly', async () => {
    const health = { reachable: false, back: new Subject<void>() };
    let attempts = 0;
    let over = false;
    const handled = new Patience(health).outlast(async () => {
      attempts += 1;
      if (!over) await away();
    });
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(attempts).toBeGreaterThan(300);
    expect(attempts).toBeLessThan(400);
    over = true;
    await jest.advanceTimersByTimeAsync(10_000);
    await handled;
  });

  it('tries again at once when the database is back, however long the pauses have become', async () => {
    const health = { reachable: false, back: new Subject<void>() };
    let attempts = 0;
    const handled = new Patience(health).outlast(async () => {
      attempts += 1;
      if (!health.reachable) await away();
    });
    // Between two looks that are ten seconds apart by now.
    await jest.advanceTimersByTimeAsync(60_000);
    const before = attempts;
    health.reachable = true;
    health.back.next();
    await jest.advanceTimersByTimeAsync(0);
    expect(attempts).toBe(before + 1);
    await handled;
  });

  it('gives up after a minute when the database is there and fails', async () => {
    let attempts = 0;
    const handled = new Patience(answering()).outlast(() => {
      attempts += 1;
      return away();
    });
    const outcome = expect(handled).rejects.toThrow(DatabaseUnavailable);
    await jest.advanceTimersByTimeAsync(75_000);
    await outcome;
    expect(attempts).toBeLessThan(20);
  });

  it('leaves failures of the event itself to the retries of the bus', async () => {
    await expect(new Patience(answering()).outlast(() => Promise.reject(new Error('its own fault')))).rejects.toThrow(
      'its own fault',
    );
  });

  it('ends with the service: the event stays with the bus', async () => {
    const patience = new Patience({ reachable: false, back: new Subject<void>() });
    const handled = patience.outlast(away);
    const outcome = expect(handled).rejects.toThrow(DatabaseUnavailable);
    await jest.advanceTimersByTimeAsync(1_000);
    patience.end();
    await outcome;
  });
});
