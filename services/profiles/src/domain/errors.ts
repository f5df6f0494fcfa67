/** Fields that break a rule, each with its code (422). */
export class InvalidProfile extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';

  constructor(readonly faults: { field: string; code: string; parameters?: Record<string, unknown> }[]) {
    super(faults.map(({ field, code }) => `${field}: ${code}`).join(', '));
  }
}

export class NotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** There is no licence number to decide about. */
export class LicenceNotSubmitted extends Error {
  readonly code = 'licence-not-submitted';
  readonly kind = 'conflict';
}

/** The profile is at another version than the caller insisted on. */
export class VersionMismatch extends Error {
  readonly code = 'version-mismatch';
  readonly kind = 'precondition';
}

/** Another writer was faster; reload and decide again. */
export class ConcurrentChange extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}
