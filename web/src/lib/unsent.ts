import type { Schemas } from './api';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
export type Message = Schemas['MessageView'];

/** A message that has not been sent yet. */
export interface Unsent {
  /** Its Idempotency-Key, the same at every attempt. */
  readonly key: string;
  readonly conversationId: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the server said who refused it; absent: it waits. */
  readonly refusal?: string;
}

/** All that lies on the device, under one name: erased by one call that nothing can interrupt. */
interface Kept {
  readonly accountId: string;
  readonly unsent: readonly Unsent[];
  /** What is being written, by conversation. */
  readonly drafts: Readonly<Record<string, string>>;
}

export const UNSENT = 'medflow.unsent';

/** Whether something waits to be sent, for which code has to be loaded. */
export const isSomethingUnsent = (store: Store = localStorage): boolean =>
  (store.getItem(UNSENT) ?? '').includes('"key"');

/** With the end of the session. */
export const eraseUnsent = (store: Store = localStorage): void => store.removeItem(UNSENT);

export type Outcome = { readonly sent: true } | { readonly refusal: string } | { readonly away: true };

/**
 * What an account has written and not sent: drafts, and messages that wait for the network. Every one is sent under its own
 * key, in the order in which they were written, until it is sent or refused.
 */
export class UnsentMessages {
  private flushing: Promise<boolean> | undefined;
  private readonly listeners = new Set<() => void>();
  private shown: readonly Unsent[] = [];

  constructor(
    private readonly accountId: string,
    private readonly post: (message: Unsent) => Promise<Outcome>,
    private readonly store: () => Store = () => localStorage,
    private readonly now: () => number = Date.now,
  ) {
    this.shown = this.read().unsent;
  }

  /** Same list as long as nothing changes. */
  list = (): readonly Unsent[] => this.shown;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What lies on the device now: a session may have ended and begun again since. */
  look(): void {
    this.shown = this.read().unsent;
  }

  draft(conversationId: string): string {
    return this.read().drafts[conversationId] ?? '';
  }

  keepDraft(conversationId: string, text: string): void {
    this.change(({ drafts: { [conversationId]: _, ...others }, ...kept }) => ({
      ...kept,
      drafts: text ? { ...others, [conversationId]: text } : others,
    }));
  }

  add(conversationId: string, text: string): void {
    const message = { key: crypto.randomUUID(), conversationId, text, at: this.now() };
    this.change((kept) => ({ ...kept, unsent: [...kept.unsent, message] }));
  }

  remove(key: string): void {
    this.change((kept) => ({ ...kept, unsent: kept.unsent.filter((one) => one.key !== key) }));
  }

  /** To be tried again. */
  retry(key: string): void {
    this.replace(key, ({ refusal: _, ...message }) => message);
  }

  /** Sends what waits. @returns whether nothing waits any more: the network, or the service, may be away */
  flush(): Promise<boolean> {
    this.flushing ??= this.sendAll().finally(() => (this.flushing = undefined));
    return this.flushing;
  }

  private async sendAll(): Promise<boolean> {
    for (;;) {
      const next = this.read().unsent.find(({ refusal }) => refusal === undefined);
      if (!next) return true;
      const outcome = await this.post(next);
      if ('away' in outcome) return false;
      if ('sent' in outcome) this.remove(next.key);
      else this.replace(next.key, (message) => ({ ...message, refusal: outcome.refusal }));
    }
  }

  private replace(key: string, by: (message: Unsent) => Unsent): void {
    this.change((kept) => ({ ...kept, unsent: kept.unsent.map((one) => (one.key === key ? by(one) : one)) }));
  }

  private read(): Kept {
    const empty = { accountId: this.accountId, unsent: [], drafts: {} };
    try {
      const kept = JSON.parse(this.store().getItem(UNSENT) ?? 'null') as Kept | null;
      return kept?.accountId === this.accountId ? kept : empty;
    } catch {
      return empty;
    }
  }

  private change(by: (kept: Kept) => Kept): void {
    const kept = by(this.read());
    this.shown = kept.unsent;
    if (kept.unsent.length + Object.keys(kept.drafts).length === 0) this.store().removeItem(UNSENT);
    else this.store().setItem(UNSENT, JSON.stringify(kept));
    for (const listener of this.listeners) listener();
  }
}
