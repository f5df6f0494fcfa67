import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWorks, type RepeatedWork } from '@medflow/service-kit';
import { DoctorPatients } from '../../domain/doctor-patients.js';
import { Clock } from '../../domain/ports.js';

/** For changes of which only a replica knew that is gone. */
const SWEEP_MS = [10_000, 60_000] as const;
/** From a change to the sums: more may follow at once. */
const GATHER_MS = 1_000;
/** From run to run while there is much to do: one sum for all the changes of that time. */
const BUSY_MS = 10_000;
/** Changes since the last time that are much. */
const MANY = 20;

@Injectable()
export class PatientsJob implements OnApplicationBootstrap {
  private readonly work: RepeatedWork;
  private changes = 0;
  /** In milliseconds of the clock. */
  private busyUntil = 0;

  constructor(
    works: BackgroundWorks,
    patients: DoctorPatients,
    private readonly clock: Clock,
  ) {
    this.work = works.add({
      name: 'scheduling.patients',
      run: async (stopping) => {
        if (this.changes >= MANY) this.busyUntil = clock.now().getTime() + BUSY_MS;
        this.changes = 0;
        while (!stopping.aborted && (await patients.sumUpSome(clock.now())));
      },
      idleMs: SWEEP_MS,
      gapMs: GATHER_MS,
    });
    patients.whenChanged(() => {
      this.changes += 1;
      this.nudge();
    });
    this.nudge();
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  private nudge(): void {
    this.work.nudge(new Date(Math.max(this.clock.now().getTime() + GATHER_MS, this.busyUntil)));
  }
}
