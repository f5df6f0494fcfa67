import { GrowingPause } from './patience';

/** `unavailable`: it answers that it cannot serve now; `unreachable`: nothing answers; `back`: told for a moment. */
export type ServiceState = 'up' | 'unavailable' | 'unreachable' | 'back';
type Failure = Extract<ServiceState, 'unavailable' | 'unreachable'>;

const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;
/** Of a longer `Retry-After` no more is believed: stretched at random it is not above the longest pause. */
const LONGEST_RETRY_AFTER_MS = 10_000;
/** Between two questions while it is coming back. */
const NEXT_MS = 300;
/** Who fails again sooner was not back: the next pause is longer still. */
const STEADY_MS = 30_000;
const BACK_SHOWN_MS = 4_000;

/**
 * Knows what the service fails to answer and asks for it again, one question at a time after ever longer pauses, until it
 * does. Reads of the page wait for that instead of asking themselves.
 */
export class ServiceWatch {
  /** By the read that tells when it is back; the one asked longest ago first. */
  private readonly failing = new Map<string, Failure>();
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly listeners = new Set<() => void>();
  private readonly pauses: GrowingPause;
  private current: ServiceState = 'up';
  private backSince = 0;
  private retryAfterMs = 0;
  private asking = false;
  private next: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  /** @param ask whether this read is answered again; it tells of failures by `failed` itself */
  constructor(
    private readonly ask: (read: string) => Promise<boolean>,
    private readonly random: () => number = Math.random,
  ) {
    this.pauses = new GrowingPause(FIRST_MS, LONGEST_MS, random);
  }

  readonly state = (): ServiceState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** @param retryAfterMs as the service wishes it; 0 for no wish */
  failed(read: string, failure: Failure, retryAfterMs = 0): void {
    if (this.failing.size === 0 && Date.now() - this.backSince > STEADY_MS) this.pauses.reset();
    this.failing.delete(read);
    this.failing.set(read, failure);
    this.retryAfterMs = retryAfterMs;
    this.show([...this.failing.values()].includes('unavailable') ? 'unavailable' : 'unreachable');
    if (!this.asking && this.next === undefined) this.askIn(this.pause());
  }

  answered(read: string): void {
    if (!this.failing.delete(read)) return;
    for (const release of this.waiting.get(read) ?? []) release();
    this.waiting.delete(read);
    if (this.failing.size > 0) return;
    clearTimeout(this.next);
    this.next = undefined;
    this.backSince = Date.now();
    this.show('back');
    this.silence = setTimeout(() => this.show('up'), BACK_SHOWN_MS);
  }

  /** Resolves once this read is not known to fail, or nobody wants it any more. */
  async until(read: string, signal?: AbortSignal): Promise<void> {
    if (!this.failing.has(read) || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const all = this.waiting.get(read) ?? new Set();
      const release = () => {
        all.delete(release);
        signal?.removeEventListener('abort', release);
        resolve();
      };
      this.waiting.set(read, all.add(release));
      signal?.addEventListener('abort', release);
    });
  }

  /** The network is back: what waits to be asked is asked at once. */
  readonly hurry = (): void => {
    if (this.next !== undefined) this.askIn(NEXT_MS * this.random());
  };

  /** Milliseconds, at random, so that browsers which lost the service together do not come back together. */
  private pause(): number {
    const wished = Math.min(LONGEST_RETRY_AFTER_MS, this.retryAfterMs) * (1 + this.random() / 2);
    return Math.max(wished, this.pauses.next());
  }

  private askIn(ms: number): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => void this.askNow(), ms);
  }

  private async askNow(): Promise<void> {
    this.next = undefined;
    const [read] = this.failing.keys();
    if (read === undefined) return;
    this.asking = true;
    const answered = await this.ask(read).catch(() => false);
    this.asking = false;
    if (answered) this.answered(read);
    if (this.failing.size > 0) this.askIn(answered ? NEXT_MS * (0.5 + this.random()) : this.pause());
  }

  private show(state: ServiceState): void {
    if (state === this.current) return;
    clearTimeout(this.silence);
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}

/** Reads that a write of the same name can be told by; what else is written is told by who one is, or by the directory. */
const LISTS = ['appointments', 'notifications', 'payment-methods', 'payments'];

/**
 * What to read to learn whether requests like this one are answered again.
 * @param path with its query, below the API's base
 */
export function readFor(method: string, path: string, signedIn: boolean): string {
  if (method === 'GET' || path === REFRESH) return path;
  const [, name = ''] = path.split(/[/?]/);
  if (signedIn && LISTS.includes(name)) return `/${name}`;
  return signedIn ? '/auth/me' : '/doctors?limit=1';
}

/** No read, but asked like one: nothing else tells whether the session goes on. */
export const REFRESH = '/auth/refresh';
