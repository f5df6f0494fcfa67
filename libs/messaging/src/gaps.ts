import type { BackgroundWorks } from '@medflow/service-kit';
import type { Contract } from '@medflow/contracts';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { EventEnvelope } from './envelope.js';
import type { ClientSession, Db } from './mongo.js';
import { gaps } from './metrics.js';
import type { Topology } from './topology.js';

/** The last number of a subject that a queue was given. */
export interface WithGap {
  /** `<queue>|<subject>`. Kept for ever: an old event must not pass as new after a pause. */
  _id: string;
  sequence: number;
  /** Earlier ones that it was not given. */
  gap?: { sequences: number[]; since: Date };
}

/** After its last retry, a fact that merely came late has come. */
const LATE_MS = 15 * 60_000;
/** A queue that was away for long has one alarm, not thousands. */
const MOST_NUMBERS = 100;
const LOOKS_MS = [10 * 60_000, 60 * 60_000] as const;

/**
 * Whether this queue is given every number of the subject: its sequence counts nothing but facts, and the queue takes all
 * kinds of them. Elsewhere a number that lacks means nothing.
 */
export function isCounted(topology: Topology, contracts: readonly Contract[], queue: string, type: string): boolean {
  const counter = contracts.find((contract) => contract.type === type)?.counter;
  if (counter === undefined) return false;
  const all = contracts.filter((contract) => contract.counter === counter);
  return all.every((contract) => topology[queue]?.includes(contract.type));
}

/** Notes numbers that lack, and tells of those that have not come after a while. */
export class Gaps implements OnApplicationBootstrap {
  private readonly logger = new Logger(Gaps.name);

  constructor(
    private readonly db: () => Db,
    private readonly counted: (queue: string, type: string) => boolean,
    private readonly works: BackgroundWorks,
    private readonly service: string,
  ) {}

  private get rows() {
    return this.db().collection<WithGap>('inbox_sequences');
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.rows.createIndex({ 'gap.since': 1 }, { sparse: true });
    this.works
      .add({ name: `${this.service}.gaps`, run: () => this.reportOverdue(new Date()), idleMs: LOOKS_MS })
      .start();
  }

  /** @param before what the queue knew of the subject; null: nothing, and whatever came before is none of its business */
  async follow(
    queue: string,
    event: Pick<EventEnvelope, 'type' | 'sequence' | 'replayed'>,
    before: WithGap | null,
    session: ClientSession,
  ): Promise<void> {
    if (!before || !this.counted(queue, event.type)) return;
    const { _id, sequence: known, gap } = before;
    if (gap?.sequences.includes(event.sequence)) {
      const left = gap.sequences.filter((number) => number !== event.sequence);
      const change = left.length > 0 ? { $set: { 'gap.sequences': left } } : { $unset: { gap: '' as const } };
      await this.rows.updateOne({ _id }, change, { session });
    }
    // What is told again is the latest: the numbers before it are not told any more, and its own was found missing.
    if (event.replayed || event.sequence <= known + 1) return;
    const lacking = Array.from(
      { length: Math.min(event.sequence - known - 1, MOST_NUMBERS) },
      (_, at) => known + 1 + at,
    );
    const sequences = [...(gap?.sequences ?? []), ...lacking].slice(-MOST_NUMBERS);
    await this.rows.updateOne({ _id }, { $set: { gap: { sequences, since: gap?.since ?? new Date() } } }, { session });
  }

  /** Logs and counts the gaps that have not closed in time, each once among all replicas. */
  async reportOverdue(now: Date): Promise<void> {
    const before = new Date(now.getTime() - LATE_MS);
    for (;;) {
      const row = await this.rows.findOneAndUpdate({ 'gap.since': { $lt: before } }, { $unset: { gap: '' } });
      if (!row?.gap) return;
      const [queue = '', subject] = row._id.split('|');
      gaps.inc({ queue }, row.gap.sequences.length);
      this.logger.error(`${queue} was never given ${row.gap.sequences.join(', ')} of ${subject}`);
    }
  }
}
