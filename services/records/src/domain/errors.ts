/** No such entry, patient or file, or nothing that the caller may know of. */
export class NotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** What was given means nothing. */
export class InvalidEntry extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults: { field: string; code: string }[];

  constructor(field: string, code: string) {
    super(`${field}: ${code}`);
    this.faults = [{ field, code }];
  }
}

/** It was taken back and cannot be corrected any more. */
export class EntryWithdrawn extends Error {
  readonly code = 'entry-withdrawn';
  readonly kind = 'conflict';
}

/** A doctor who may not see patients may open nobody's record. */
export class NotPractising extends Error {
  readonly code = 'not-practising';
  readonly kind = 'forbidden';
}

/** The care relationship opens the record already. */
export class AlreadyInCare extends Error {
  readonly code = 'already-in-care';
  readonly kind = 'conflict';
}

/** An administrator has looked at it already. */
export class AlreadyReviewed extends Error {
  readonly code = 'already-reviewed';
  readonly kind = 'conflict';
}

/** The entry is at another version than the caller insisted on. */
export class VersionMismatch extends Error {
  readonly code = 'version-mismatch';
  readonly kind = 'precondition';
}

/** Another writer was faster; reload and decide again. */
export class ConcurrentChange extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}
