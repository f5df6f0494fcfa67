import { RepeatedWork } from '@medflow/service-kit';
import { apiOf, type Call, type Operation } from './api.js';
import type { WebhookFaults } from './faults.js';
import { Journal } from './journal.js';
import type { Kept } from './objects.js';
import { ProviderError } from './provider-error.js';
import type { Row, Store } from './store.js';
import { Webhooks } from './webhooks.js';
import { AccountState } from './account-state.js';

export interface Answer {
  status: number;
  body: unknown;
}

/** An answer kept under the key that its request came with. */
interface KeptAnswer extends Answer {
  /** Digest of the request that it was given to. */
  digest: string;
  /** Milliseconds. */
  at: number;
}

export interface EngineOptions {
  store: Store;
  webhookSecret: string;
  webhookUrl: (() => string | undefined) | undefined;
  webhookFaults: WebhookFaults;
  now: () => Date;
  random: () => number;
}

const DAY_MS = 86_400_000;
/** Source: Stripe, « Idempotent requests ». */
const KEYS_LAST_MS = DAY_MS;
/** Source: Stripe, « Retrieve an event ». */
const EVENTS_LAST_SECONDS = 30 * 86_400;
const SWEEP_MS = [30_000, 600_000] as const;

/** What the provider does with a request, whichever way it came. */
export class Engine {
  readonly operations: readonly Operation[];
  private readonly underWay = new Set<string>();
  private readonly work: RepeatedWork;

  private constructor(
    private readonly state: AccountState,
    private readonly journal: Journal,
    readonly webhooks: Webhooks,
    private readonly answers: Map<string, KeptAnswer>,
    private readonly now: () => Date,
  ) {
    const { operations, lapse } = apiOf(state);
    this.operations = operations;
    this.lapse = lapse;
    this.work = new RepeatedWork({
      name: 'test-provider.sweep',
      run: async () => this.sweep(),
      idleMs: SWEEP_MS,
    }).start();
  }

  private readonly lapse: () => void;

  /** With all that an earlier one has answered. */
  static async open(options: EngineOptions): Promise<Engine> {
    const { store, webhookSecret, webhookUrl, webhookFaults, now, random } = options;
    const rows = await store.load();
    const dataOf = <T>(kind: Row['kind']) => rows.filter((row) => row.kind === kind).map((row) => row.data as T);
    const state = new AccountState(now);
    state.restore(dataOf<Kept>('object'));
    const answers = new Map<string, KeptAnswer>();
    for (const { kind, id, data } of rows) {
      if (kind === 'answer')
        answers.set(id, { ...(data as KeptAnswer), at: (data as KeptAnswer).at ?? now().getTime() });
    }
    const journal = new Journal(store);
    const webhooks = new Webhooks(journal, webhookSecret, webhookUrl, webhookFaults, random);
    webhooks.restore(dataOf('delivery'));
    const engine = new Engine(state, journal, webhooks, answers, now);
    engine.sweep();
    return engine;
  }

  /**
   * Done at once and in one go, so that requests never meet half-way; answered when it is kept.
   * @param key the client's own for this request, with a digest of what it asked
   * @param fails answered 500, whether or not it is done
   * @throws ProviderError when the key is another request's, or this one is under way
   */
  async execute(
    operation: Operation,
    call: Call,
    key?: { id: string; digest: string },
    fails?: 'before' | 'after',
  ): Promise<Answer & { replayed: boolean }> {
    const id = key && `answer ${key.id}`;
    if (id !== undefined) {
      if (this.underWay.has(id)) throw keyInUse();
      const before = this.answers.get(id);
      if (before) {
        if (before.digest !== key!.digest) throw keyReused();
        return { status: before.status, body: before.body, replayed: true };
      }
      this.underWay.add(id);
    }
    try {
      const lapsed = this.commit(() => this.lapse());
      let answer: Answer | undefined;
      const told = this.commit(() => {
        if (fails !== 'before') answer = this.run(operation, call);
        if (fails) answer = { status: 500, body: { error: failure.body } };
        if (!answer) return [];
        // What Stripe refuses before it begins is not kept under the key; what it fails at is.
        if (id === undefined || !isDone(answer)) return [];
        const kept: KeptAnswer = { ...answer, digest: key!.digest, at: this.now().getTime() };
        this.answers.set(id, kept);
        return [{ id, kind: 'answer', data: kept }];
      });
      await this.journal.kept();
      this.webhooks.begin([...lapsed, ...told]);
      return { ...answer!, replayed: false };
    } finally {
      if (id !== undefined) this.underWay.delete(id);
    }
  }

  /** What has lapsed or is too old to be asked for. */
  sweep(): void {
    const told = this.commit(() => {
      this.lapse();
      const [oldest, oldestEvent] = [this.now().getTime() - KEYS_LAST_MS, this.state.seconds() - EVENTS_LAST_SECONDS];
      const keys = [...this.answers].filter(([, { at }]) => at < oldest).map(([id]) => id);
      for (const id of keys) this.answers.delete(id);
      const events = this.state.all('event').filter(({ created }) => created < oldestEvent);
      this.state.forget(events);
      return [
        ...keys.map((id): Row => ({ id, kind: 'answer', data: undefined })),
        ...events.map(({ id }): Row => ({ id, kind: 'object', data: undefined })),
      ];
    });
    void this.journal.kept().then(
      () => this.webhooks.begin(told),
      () => undefined,
    );
  }

  async close(): Promise<void> {
    await this.work.stop();
    this.journal.insistNoMore();
    await this.webhooks.stop();
    await this.journal.kept().catch(() => undefined);
  }

  /**
   * A step as a whole: objects, what is told of them, and what else belongs to it.
   * @returns the deliveries to begin once they are kept
   */
  private commit(step: () => Row[] | void): Row[] {
    const rows = step() ?? [];
    const { objects, events } = this.state.takeChanges();
    const deliveries = this.webhooks.plan(events, Date.now());
    this.journal.add([
      ...objects.map((object): Row => ({ id: object.id, kind: 'object', data: object })),
      ...deliveries,
      ...rows,
    ]);
    return deliveries;
  }

  private run(operation: Operation, call: Call): Answer {
    try {
      return { status: 200, body: structuredClone(operation.run(call)) };
    } catch (error) {
      // A declined card is something that happened; everything else that is refused did not.
      const declined = error instanceof ProviderError && error.status === 402;
      const body = error instanceof ProviderError ? { error: structuredClone(error.body) } : undefined;
      if (!declined) this.state.undoChanges();
      if (!(error instanceof ProviderError)) throw error;
      return { status: error.status, body };
    }
  }
}

/** Source: Stripe, « Idempotent requests »: the outcome is kept whether it succeeds or fails, 500 included. */
const isDone = ({ status }: Answer): boolean => status < 400 || status === 402 || status >= 500;

const failure = new ProviderError(500, {
  type: 'api_error',
  message: 'Something went wrong on the provider’s end.',
});

const keyReused = (): ProviderError =>
  new ProviderError(400, {
    type: 'idempotency_error',
    message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
  });

const keyInUse = (): ProviderError =>
  new ProviderError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: 'There is currently another in-progress request using this Idempotent Key.',
  });
