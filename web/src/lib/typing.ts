/** A word lasts a little longer than it takes until the next. */
const LASTS_MS = 4_000;

type Listener = () => void;

/** Who types where at this moment, as the live line tells it, and the way to say so oneself. */
export class Typing {
  private readonly until = new Map<string, number>();
  private readonly listeners = new Set<Listener>();
  private say: ((conversationId: string) => void) | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  /** While there is a live line. */
  connect(say: (conversationId: string) => void): void {
    this.say = say;
  }

  disconnect(): void {
    this.say = undefined;
  }

  /** The server passes on no more than it wants to. */
  tell(conversationId: string): void {
    this.say?.(conversationId);
  }

  heard(conversationId: string): void {
    this.until.set(conversationId, this.now() + LASTS_MS);
    this.changed();
    setTimeout(() => this.changed(), LASTS_MS + 50);
  }

  /** What was typed has come. */
  over(conversationId: string): void {
    if (this.until.delete(conversationId)) this.changed();
  }

  isTyping(conversationId: string): boolean {
    return (this.until.get(conversationId) ?? 0) > this.now();
  }

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

export const typing = new Typing();
