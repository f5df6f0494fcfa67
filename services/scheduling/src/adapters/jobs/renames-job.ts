import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWorks, type RepeatedWork } from '@medflow/service-kit';
import { RenamePeopleHandler } from '../../application/rename-people.js';
import { Renames } from '../../domain/renames.js';

/** For names of which only a replica knew that is gone. */
const SWEEP_MS = [30_000, 30_000] as const;

@Injectable()
export class RenamesJob implements OnApplicationBootstrap {
  private readonly work: RepeatedWork;

  constructor(works: BackgroundWorks, people: RenamePeopleHandler, renames: Renames) {
    this.work = works.add({ name: 'scheduling.renames', run: () => people.execute(), idleMs: SWEEP_MS });
    renames.whenWanted(() => this.work.nudge());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }
}
