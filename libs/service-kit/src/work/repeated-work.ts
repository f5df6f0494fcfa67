import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { Counter, register } from 'prom-client';
import { FailureLog } from './failure-log.js';
import { GrowingPause, type Span } from './growing-pause.js';

const METRIC = 'medflow_work_attempts_total';
const attempts =
  (register.getSingleMetric(METRIC) as Counter<'work' | 'outcome'> | undefined) ??
  new Counter({ name: METRIC, help: 'Runs of work that repeats, by outcome', labelNames: ['work', 'outcome'] });

/**
 * When to look again: at once, because there may be more; when the next thing is due; or, undefined, when somebody says
 * so. `unsettled`: whether it went well is told later, by {@link RepeatedWork.succeeded} or {@link RepeatedWork.failed}.
 */
export type Next = 'at-once' | 'unsettled' | Date | undefined;

/** What comes and goes does not hurry a run more often than that. */
const retryGapMs = 1_000;

/** As idle pauses: no look but the first that nobody asked for. */
export const onlyWhenAsked: Span = [Infinity, Infinity];

export interface RepeatedWorkOptions {
  /** `<service>.<work>`, in metrics and log lines. */
  name: string;
  /** Does all that is due, or as much of it as can be done before it is to stop. @throws to be tried again after a pause */
  run: (stopping: AbortSignal) => Promise<Next | void>;
  /** Between looks that nobody asked for. Default 1 s to 30 s. */
  idleMs?: Span;
  /** After failures. Default 1 s to 1 min. */
  failureMs?: Span;
  /** At least so long from the end of a run to the next, however often it is asked for. Default 0. */
  gapMs?: number;
  /** Where failures are told. */
  logger?: Pick<Logger, 'warn' | 'log'>;
}

/**
 * Work that comes again and again: at once when somebody says that there is some ({@link nudge}), when the next thing is
 * due, and otherwise ever more seldom. What fails is tried again after ever longer pauses, which nobody's asking shortens:
 * that there is something to do does not say that it will go well now. One run at a time.
 */
export class RepeatedWork {
  private readonly idle: GrowingPause;
  private readonly failure: GrowingPause;
  private readonly failures: FailureLog;
  private readonly logger: Pick<Logger, 'warn' | 'log'>;
  /** Whoever nudges has a request or a transaction around: a run is part of neither. */
  private readonly alone = AsyncLocalStorage.snapshot();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private started = false;
  private stopping = new AbortController();
  private failing = false;
  /** Since the run that is under way began. */
  private hasFailed = false;
  /** When it runs by itself, and when somebody asked it to; by the clock that nobody sets. */
  private dueAt = Infinity;
  private askedAt = Infinity;
  private endedAt = -Infinity;

  constructor(private readonly options: RepeatedWorkOptions) {
    const { idleMs = [1_000, 30_000], failureMs = [1_000, 60_000], logger = new Logger(options.name) } = options;
    // Not at random: whoever relies on a look knows when it comes at the latest.
    this.idle = new GrowingPause(idleMs, () => 0);
    this.failure = new GrowingPause(failureMs);
    this.logger = logger;
    this.failures = new FailureLog((line) => logger.warn(line));
  }

  /** @param afterMs before the first run; default the first idle pause */
  start(afterMs = this.idle.next()): this {
    this.started = true;
    this.stopping = new AbortController();
    this.dueAt = performance.now() + afterMs;
    this.schedule();
    return this;
  }

  /** There is something to do, now or at that time. */
  nudge(at?: Date): void {
    this.askedAt = Math.min(this.askedAt, at ? onThisClock(at) : performance.now());
    this.schedule();
  }

  /** Its last run failed, and it waits for the next. */
  get isFailing(): boolean {
    return this.failing;
  }

  /** What made it fail is over, as far as one can see (a connection is back): the pause ends, once. */
  retry(): void {
    if (!this.failing) return;
    this.dueAt = Math.min(this.dueAt, Math.max(performance.now(), this.endedAt + retryGapMs));
    this.schedule();
  }

  /** What was begun in a run went well after all. */
  succeeded(): void {
    if (!this.failing) return;
    this.failing = false;
    this.failure.reset();
    this.logger.log(`works again after ${this.failures.succeeded()} failures`);
    this.schedule();
  }

  /** What was begun in a run failed after all. */
  failed(error: unknown): void {
    this.failing = true;
    this.hasFailed = true;
    attempts.inc({ work: this.options.name, outcome: 'failed' });
    this.failures.failed('put off', error);
    this.dueAt = performance.now() + this.failure.next();
    this.schedule();
  }

  /** Runs no more; resolves when the run under way is done. */
  async stop(): Promise<void> {
    this.started = false;
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (!this.started || this.running) return;
    const { gapMs = 0 } = this.options;
    const at = this.failing ? this.dueAt : Math.max(Math.min(this.dueAt, this.askedAt), this.endedAt + gapMs);
    if (at === Infinity) return;
    this.timer = setTimeout(
      () => this.alone(() => this.begin()),
      Math.max(0, Math.ceil(at - performance.now())),
    ).unref();
  }

  private begin(): void {
    const work = this.once().finally(() => {
      this.running = undefined;
      this.endedAt = performance.now();
      this.schedule();
    });
    this.running = work;
  }

  private async once(): Promise<void> {
    this.hasFailed = false;
    // Asked for a later time, it is still to come.
    if (this.askedAt <= performance.now()) this.askedAt = Infinity;
    try {
      const next = (await this.options.run(this.stopping.signal)) ?? undefined;
      attempts.inc({ work: this.options.name, outcome: 'done' });
      if (next !== 'unsettled') this.succeeded();
      // Its pause stands.
      else if (this.hasFailed) return;
      if (next === 'at-once') this.idle.reset();
      const latest = performance.now() + (next === 'at-once' ? 0 : this.idle.next());
      this.dueAt = next instanceof Date ? Math.min(onThisClock(next), latest) : latest;
    } catch (error) {
      this.failed(error);
    }
  }
}

const onThisClock = (at: Date): number => performance.now() + at.getTime() - Date.now();
