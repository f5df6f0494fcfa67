import { BackgroundWorks } from '@medflow/service-kit';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { DoctorPatients } from '../../domain/doctor-patients.js';
import { SystemClock } from '../system/system.js';
import { PatientsJob } from './patients-job.js';

describe('the sums of patients', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function working() {
    const sums: number[] = [];
    let changed: () => void = () => undefined;
    const patients = {
      whenChanged: (listener: () => void) => (changed = listener),
      sumUpSome: () => {
        sums.push(Date.now());
        return Promise.resolve(false);
      },
    } as unknown as DoctorPatients;
    const works = new BackgroundWorks({ back: new Subject<void>() } as never);
    new PatientsJob(works, patients, new SystemClock()).onApplicationBootstrap();
    return { sums, change: () => changed(), stop: () => works.onModuleDestroy() };
  }
  const wait = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('follow a change within a second or two', async () => {
    const { sums, change, stop } = working();
    await wait(90_000);
    for (let n = 0; n < 5; n += 1) {
      const before = sums.length;
      change();
      await wait(2_100);
      expect(sums.length).toBeGreaterThan(before);
    }
    await stop();
  });

  it('are made once in ten seconds while much changes, and soon again afterwards', async () => {
    const { sums, change, stop } = working();
    await wait(5_000);
    const changing = setInterval(change, 20);
    await wait(5_000);
    const before = sums.length;
    await wait(60_000);
    expect(sums.length - before).toBeLessThanOrEqual(7);
    expect(sums.length - before).toBeGreaterThanOrEqual(5);
    clearInterval(changing);
    await wait(30_000);
    const after = sums.length;
    change();
    await wait(2_100);
    expect(sums.length).toBeGreaterThan(after);
    await stop();
  });
});
