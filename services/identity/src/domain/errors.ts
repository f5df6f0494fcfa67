export class EmailTaken extends Error {
  readonly code = 'email-taken';
  readonly kind = 'conflict';
}

/** Wrong e-mail or wrong password: which of the two is nobody's business. */
export class InvalidCredentials extends Error {
  readonly code = 'invalid-credentials';
  readonly kind = 'unauthenticated';
}

/** The refresh token is unknown, expired, revoked, or was used before. */
export class SessionExpired extends Error {
  readonly code = 'session-expired';
  readonly kind = 'unauthenticated';
}

export class TooManyAttempts extends Error {
  readonly code = 'too-many-requests';
  readonly kind = 'throttled';

  constructor(readonly retryAfterSeconds: number) {
    super(`locked for ${retryAfterSeconds} s`);
  }
}

export class WeakPassword extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults: { field: string; code: string }[];

  constructor(code: 'common-password' | 'password-is-personal') {
    super(code);
    this.faults = [{ field: 'password', code }];
  }
}

export class KeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

export class AccountNotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}
