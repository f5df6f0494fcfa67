import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
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
/** From the first touch after a while to the summary: more may follow at once. */
const GATHER_MS = 1_000;
const SWEEP_MS = [30_000, 30_000] as const;
/** For holds of which only a replica knew that is gone. */
const HOLDS_MS = [1_000, 10_000] as const;
/** Between batches: what was settled long ago has time. */
const COUNTS_MS = 1_000;

/** What time itself brings about. Every replica may run it. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly works: readonly RepeatedWork[];

  constructor(
    works: BackgroundWorks,
    expiry: ExpireRequestsHandler,
    private readonly summaries: Summaries,
    days: DoctorDays,
    practice: SettlePracticeHandler,
    holdEnds: HoldEnds,
    practiceChanges: PracticeChanges,
    clock: Clock,
  ) {
    const inMs = (ms: number) => new Date(clock.now().getTime() + ms);
    const due = works.add({ name: 'scheduling.summaries', run: () => summaries.refresh(), idleMs: SWEEP_MS });
    const touched = works.add({
      name: 'scheduling.touched',
      run: async () => {
        if (await summaries.noteTouched()) due.nudge();
      },
      idleMs: onlyWhenAsked,
      gapMs: REFRESH_MS,
    });
    const holds = works.add({ name: 'scheduling.holds', run: () => expiry.expireHolds(), idleMs: HOLDS_MS });
    const counts = works.add({
      name: 'scheduling.counts',
      run: async () => ((await days.countEarlier()) ? 'at-once' : undefined),
      idleMs: onlyWhenAsked,
      gapMs: COUNTS_MS,
    });
    const requests = works.add({
      name: 'scheduling.requests',
      run: () => expiry.expireUnanswered(),
      idleMs: SWEEP_MS,
    });
    const proposals = works.add({
      name: 'scheduling.proposals',
      run: () => expiry.expireProposals(),
      idleMs: SWEEP_MS,
    });
    const practices = works.add({ name: 'scheduling.practices', run: () => practice.execute(), idleMs: SWEEP_MS });
    summaries.whenTouched(() => touched.nudge(inMs(GATHER_MS)));
    holdEnds.listen((at) => holds.nudge(at));
    practiceChanges.listen(() => practices.nudge());
    counts.nudge(inMs(COUNTS_MS));
    this.works = [touched, holds, counts, requests, proposals, practices, due];
  }

  onApplicationBootstrap(): void {
    for (const work of this.works) work.start();
  }

  /** Other replicas make the summaries that this one was told of. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.summaries.noteTouched().catch(() => undefined);
  }
}
