/** Who types at a keyboard needs no more; whoever sends more is not typing. */
const EVERY_MS = 1_500;
const ID = /^[\w-]{1,64}$/;

/** Of one connection. */
export interface Typist {
  accountId?: string;
  typedAt?: number;
}

/** That somebody types, in the words of the browser. @returns the conversation; undefined: it is none of ours */
function conversationOf(word: unknown): string | undefined {
  const { conversationId } = (word ?? {}) as { conversationId?: unknown };
  return typeof conversationId === 'string' && ID.test(conversationId) ? conversationId : undefined;
}

/**
 * Has it passed on that somebody types. Who is in the conversation, consultations knows; it tells every replica, so that the
 * other one may be connected to any.
 */
export class TypingRelay {
  /** @param tell has the other person told, where the account is in the conversation @param now milliseconds that only go forward */
  constructor(
    private readonly tell: (conversationId: string, accountId: string) => Promise<void>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What comes too often, or is no such word, is taken no notice of; what is lost is typed again. */
  async pass(typist: Typist, word: unknown): Promise<void> {
    const conversationId = conversationOf(word);
    const now = this.now();
    const { accountId, typedAt = -Infinity } = typist;
    if (conversationId === undefined || accountId === undefined || now - typedAt < EVERY_MS) return;
    typist.typedAt = now;
    await this.tell(conversationId, accountId).catch(() => undefined);
  }
}
