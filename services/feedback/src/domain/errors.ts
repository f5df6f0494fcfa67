/** No such review or visit, or somebody else's. */
export class NotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** A visit is rated once; what was said can be edited for a while. */
export class AlreadyReviewed extends Error {
  readonly code = 'already-reviewed';
  readonly kind = 'conflict';
}

/** Only a consultation that took place can be rated. */
export class NotCompleted extends Error {
  readonly code = 'not-completed';
  readonly kind = 'conflict';
}

/** What was said stands. */
export class TooLate extends Error {
  readonly code = 'too-late';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor(until: Date) {
    super(`not after ${until.toISOString()}`);
    this.extras = { until: until.toISOString() };
  }
}

export class AlreadyAnswered extends Error {
  readonly code = 'already-answered';
  readonly kind = 'conflict';
}

/** An administrator looks at one text once. */
export class AlreadyReported extends Error {
  readonly code = 'already-reported';
  readonly kind = 'conflict';
}

export class AlreadyHidden extends Error {
  readonly code = 'already-hidden';
  readonly kind = 'conflict';
}

/** There is nothing to decide about this review. */
export class NotReported extends Error {
  readonly code = 'not-reported';
  readonly kind = 'conflict';
}

/** The review is at another version than the caller insisted on. */
export class VersionMismatch extends Error {
  readonly code = 'version-mismatch';
  readonly kind = 'precondition';
}

/** Another writer was faster; reload and decide again. Never reaches a caller. */
export class ConcurrentChange extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}
