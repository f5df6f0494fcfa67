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

/** The bytes are no JPEG, PNG or WebP that can be read, or have too many pixels. */
export class NotAnImage extends Error {
  readonly code = 'not-an-image';
  readonly kind = 'invalid';
}

/** The bytes are neither a PDF nor a picture that can be read. */
export class NotADocument extends Error {
  readonly code = 'not-a-document';
  readonly kind = 'invalid';
}

/** More images than can be looked at wait already. */
export class StudioBusy extends Error {
  readonly code = 'service-unavailable';
  readonly kind = 'unavailable';
}
