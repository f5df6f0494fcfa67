/** No such visit, or somebody else's. */
export class NoVisit extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** They meet at the practice, or the appointment does not stand. */
export class NotAVideoVisit extends Error {
  readonly code = 'not-a-video-visit';
  readonly kind = 'conflict';
}

/** The room opens a quarter of an hour before. */
export class TooEarly extends Error {
  readonly code = 'too-early';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor(opensAt: Date) {
    super(`not before ${opensAt.toISOString()}`);
    this.extras = { opensAt: opensAt.toISOString() };
  }
}

/** The patient has not agreed to be treated at a distance, or to an earlier text. */
export class ConsentRequired extends Error {
  readonly code = 'consent-required';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor(version: string) {
    super(`consent to version ${version}`);
    this.extras = { version };
  }
}

/** There is no such text. */
export class UnknownConsent extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults = [{ field: 'version', code: 'not-a-choice' }];
}

export class VisitFinished extends Error {
  readonly code = 'visit-finished';
  readonly kind = 'conflict';
}

/** The same person is there on another device, which has to give way first. */
export class Elsewhere extends Error {
  readonly code = 'elsewhere';
  readonly kind = 'conflict';
}

/** Nobody waits on that seat. */
export class NobodyWaits extends Error {
  readonly code = 'nobody-waits';
  readonly kind = 'conflict';
}

/** Somebody sits on the third seat. */
export class SeatTaken extends Error {
  readonly code = 'seat-taken';
  readonly kind = 'conflict';
}

/** Another writer was faster; load and decide again. Never reaches a caller. */
export class VisitChanged extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}
