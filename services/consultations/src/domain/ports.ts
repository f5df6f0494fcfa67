/** Now, as an argument: the domain reads no clock of its own. */
export abstract class Clock {
  abstract now(): Date;
}

/** Unique, time-ordered identifiers. */
export abstract class Ids {
  abstract next(): string;
}

/** Tells pages that are open now that somebody types; whoever misses it misses nothing. */
export abstract class LiveTyping {
  abstract tell(conversationId: string, accountId: string, otherId: string): void;
}
