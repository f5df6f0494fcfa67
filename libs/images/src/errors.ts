/** The bytes are no picture that can be read. */
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
