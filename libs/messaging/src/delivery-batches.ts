import type { Consumer } from './transport.js';

export interface Delivery {
  /** Deliveries about one subject are handled in the order in which they came. */
  readonly subject: string;
  readonly body: Buffer | string;
  /** Its effects are committed. */
  succeeded(): void;
  /** It was tried alone and failed; its subject goes on when the promise resolves. */
  failed(error: unknown): Promise<void>;
}

/** Between the beginnings of two batches that are not full: under load what comes meanwhile shares a transaction. */
const GAP_MS = 15;

/**
 * Takes one queue's waiting deliveries to its consumer, as many together as may share a transaction. When a batch
 * fails it is taken apart and each of its deliveries tried alone, so that only the culprit fails.
 */
export class DeliveryBatches {
  private waiting: Delivery[] = [];
  /** Subjects of which a delivery is under way. */
  private readonly busy = new Set<string>();
  private readonly underWay = new Set<Promise<void>>();
  private batchRuns = false;
  private batchBeganAt = -Infinity;
  private endPause?: () => void;
  private alone = 0;

  /** @param limit how many are tried alone at the same time */
  constructor(
    private readonly consumer: Consumer,
    private readonly limit: number,
  ) {}

  /** How many have not begun. */
  get size(): number {
    return this.waiting.length;
  }

  add(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.begin();
  }

  /** Gives up, unanswered, what has not begun, and returns it. */
  stop(): Delivery[] {
    this.endPause?.();
    return this.waiting.splice(0);
  }

  /** Resolves when everything that has begun is answered. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private begin(): void {
    const { batch } = this.consumer;
    while (this.waiting.length > 0 && this.alone < this.limit && !(batch > 1 && this.mustWait())) {
      const taken = this.nextBatch(batch);
      if (taken.length === 0) return;
      if (batch > 1) [this.batchRuns, this.batchBeganAt] = [true, performance.now()];
      this.keepTrackOf(batch > 1 ? this.together(taken) : this.eachAlone(taken));
    }
  }

  /** One batch at a time, and none before it is full or the gap is over. */
  private mustWait(): boolean {
    if (this.batchRuns) return true;
    const leftMs = this.batchBeganAt + GAP_MS - performance.now();
    if (leftMs <= 0 || this.waiting.length >= this.consumer.batch) return false;
    if (!this.endPause) this.keepTrackOf(this.pause(leftMs));
    return true;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.endPause?.(), Math.ceil(ms));
      this.endPause = () => {
        clearTimeout(timer);
        this.endPause = undefined;
        resolve();
      };
    });
  }

  private keepTrackOf(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => {
      this.underWay.delete(work);
      this.begin();
    });
  }

  /** The first that wait for nothing, and makes their subjects busy. */
  private nextBatch(most: number): Delivery[] {
    const [taken, rest]: [Delivery[], Delivery[]] = [[], []];
    for (const delivery of this.waiting)
      (taken.length < most && !this.busy.has(delivery.subject) ? taken : rest).push(delivery);
    this.waiting = rest;
    for (const { subject } of taken) this.busy.add(subject);
    return taken;
  }

  private async together(deliveries: Delivery[]): Promise<void> {
    const [only] = deliveries.length === 1 ? deliveries : [];
    const failure = await errorOf(
      only ? this.consumer.alone(only.body) : this.consumer.together(deliveries.map(({ body }) => body)),
    );
    this.batchRuns = false;
    if (failure && !only) return this.eachAlone(deliveries);
    if (failure) {
      this.begin();
      await only!.failed(failure.error);
    }
    for (const { subject } of deliveries) this.busy.delete(subject);
    this.begin();
    if (!failure) for (const delivery of deliveries) delivery.succeeded();
  }

  private async eachAlone(deliveries: Delivery[]): Promise<void> {
    const ofSubjects = [...Map.groupBy(deliveries, ({ subject }) => subject).values()];
    this.alone += ofSubjects.length;
    this.begin();
    await Promise.all(
      ofSubjects.map(async (group) => {
        for (const delivery of group) {
          const failure = await errorOf(this.consumer.alone(delivery.body));
          if (failure) await delivery.failed(failure.error);
          else delivery.succeeded();
        }
        this.busy.delete(group[0]!.subject);
        this.alone -= 1;
        this.begin();
      }),
    );
  }
}

const errorOf = (work: Promise<void>): Promise<{ error: unknown } | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
