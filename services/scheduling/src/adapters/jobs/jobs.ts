import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWorks, onlyWhenAsked, type RepeatedWork } from '@medflow/service-kit';
import { ExpireRequestsHandler } from '../../application/expire-requests.js';
import { SettlePracticeHandler } from '../../application/settle-practice.js';
import { Summaries } from '../../application/summaries.js';
import { DoctorDays } from '../../domain/doctor-days.js';
import { Clock } from '../../domain/ports.js';
import { HoldEnds } from '../hold-ends.js';
import { PracticeChanges } from '../practice-changes.js';

/** One summary for all the bookings of that time: the directory may lag by as much. */
const REFRESH_MS = 3_000;
/** The booking that marked a doctor may not be committed yet. */
const COMMITTED_WITHIN_MS = 1_000;
const SWEEP_MS = [30_000, 30_000] as const;
/** For holds of which only a replica knew that is gone. */
const HOLDS_MS = [1_000, 10_000] as const;
/** Between batches: what was settled long ago has time. */
const COUNTS_MS = 1_000;

/** What time itself brings about. Every replica may run it. */
@Injectable()
export class Jobs implements OnApplicationBootstrap {
  private readonly works: readonly RepeatedWork[];

  constructor(
    works: BackgroundWorks,
    expiry: ExpireRequestsHandler,
    summaries: Summaries,
    days: DoctorDays,
    practice: SettlePracticeHandler,
    holdEnds: HoldEnds,
    practiceChanges: PracticeChanges,
    clock: Clock,
  ) {
    const inMs = (ms: number) => new Date(clock.now().getTime() + ms);
    const touched = works.add({
      name: 'scheduling.summaries',
      run: () => summaries.refreshTouched(),
      idleMs: onlyWhenAsked,
      gapMs: REFRESH_MS,
    });
    const holds = works.add({ name: 'scheduling.holds', run: () => expiry.lapseHolds(), idleMs: HOLDS_MS });
    const counts = works.add({
      name: 'scheduling.counts',
      run: async () => ((await days.countEarlier()) ? 'at-once' : undefined),
      idleMs: onlyWhenAsked,
      gapMs: COUNTS_MS,
    });
    const requests = works.add({
      name: 'scheduling.requests',
      run: async () => ((await expiry.execute()) ? 'at-once' : undefined),
      idleMs: SWEEP_MS,
    });
    const practices = works.add({
      name: 'scheduling.practices',
      run: async () => ((await practice.execute()) ? 'at-once' : undefined),
      idleMs: SWEEP_MS,
    });
    const stale = works.add({ name: 'scheduling.stale', run: () => summaries.refreshStale(), idleMs: SWEEP_MS });
    summaries.whenTouched(() => touched.nudge(inMs(COMMITTED_WITHIN_MS)));
    holdEnds.listen((at) => holds.nudge(at));
    practiceChanges.listen(() => practices.nudge());
    counts.nudge(inMs(COUNTS_MS));
    this.works = [touched, holds, counts, requests, practices, stale];
  }

  onApplicationBootstrap(): void {
    for (const work of this.works) work.start();
  }
}
