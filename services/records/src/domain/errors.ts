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

/** By its content it is none of what records keep. */
export class UnsupportedFile extends Error {
  readonly code = 'unsupported-file';
  readonly kind = 'unsupported';
}

/** It began as a picture or a PDF and cannot be read as one to its end, or has too many pixels. */
export class BrokenFile extends Error {
  readonly code = 'broken-file';
  readonly kind = 'invalid';
}

export class FileTooLarge extends Error {
  readonly code = 'file-too-large';
  readonly kind = 'too-large';
  readonly parameters: { megabytes: number };

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.parameters = { megabytes: Math.floor(maxBytes / 1_048_576) };
  }
}

/** The file ends before that. */
export class RangeNotSatisfiable extends Error {
  readonly code = 'range-not-satisfiable';
  readonly kind = 'unsatisfiable';

  constructor(readonly bytes: number) {
    super(`of ${bytes} bytes`);
  }
}

/** More pictures than can be looked at wait already, or what the paper needs cannot be had now. */
export class NotNow extends Error {
  readonly code = 'service-unavailable';
  readonly kind = 'unavailable';
}

/** It holds no key, or its passphrase is another. */
export class UnreadableCertificate extends Error {
  readonly code = 'unreadable-certificate';
  readonly kind = 'invalid';
}

/** It does not hold today. */
export class CertificateNotValid extends Error {
  readonly code = 'certificate-not-valid';
  readonly kind = 'invalid';
}
