/** The request carries no valid access token (401). */
export class Unauthenticated extends Error {
  readonly code = 'unauthenticated';
  readonly kind = 'unauthenticated';
}

/** The caller's role may not do this (403). */
export class Forbidden extends Error {
  readonly code = 'forbidden';
  readonly kind = 'forbidden';
}

/** Somebody else's: told as if it did not exist (404). */
export class NotTheirs extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** The caller has not proven the address of the account (403). */
export class EmailNotVerified extends Error {
  readonly code = 'email-not-verified';
  readonly kind = 'forbidden';
}
