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

/** One field breaks a rule that needs more than the field to be known. */
class FieldRefused extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults: { field: string; code: string }[];

  constructor(field: string, code: string) {
    super(`${field}: ${code}`);
    this.faults = [{ field, code }];
  }
}

export class GuessablePassword extends FieldRefused {
  constructor(field: string) {
    super(field, 'common-password');
  }
}

export class WeakPassword extends FieldRefused {
  constructor(field: string) {
    super(field, 'weak-password');
  }
}

/** The password that should prove who asks for another one is not theirs. */
export class WrongPassword extends FieldRefused {
  constructor(field: string) {
    super(field, 'wrong-password');
  }
}

/** The link of a letter was used, replaced or has expired, or never was one. */
export class InvalidLink extends Error {
  readonly code = 'invalid-link';
  readonly kind = 'invalid';
  readonly faults = [{ field: 'token', code: 'invalid-link' }];
}

/** The address was written to a moment ago, and nobody has proven that it is theirs. */
export class LetterTooSoon extends Error {
  readonly code = 'letter-too-soon';
  readonly kind = 'throttled';
  readonly parameters: Record<string, unknown>;

  constructor(readonly retryAfterSeconds: number) {
    super(`again in ${retryAfterSeconds} s`);
    this.parameters = { minutes: Math.ceil(retryAfterSeconds / 60) };
  }
}

export class EmailVerifiedAlready extends Error {
  readonly code = 'email-verified-already';
  readonly kind = 'conflict';
}

/** Told only to who proved the password: nobody else learns that there is such an account. */
export class AccountSuspended extends Error {
  readonly code = 'account-suspended';
  readonly kind = 'forbidden';
  readonly extras: Record<string, unknown>;

  constructor(reason: string) {
    super('the account is suspended');
    this.extras = { reason };
  }
}

/** Administrators who shut themselves out could not undo it. */
export class OwnAccount extends Error {
  readonly code = 'own-account';
  readonly kind = 'conflict';
}

/** Whoever acts has just been suspended. */
export class NoAdministrator extends Error {
  readonly code = 'forbidden';
  readonly kind = 'forbidden';
}

/** An idempotency key came with another body. */
export class KeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

/** A sign-up with this idempotency key was saved before; the handler answers with what that one made. */
export class RegistrationRepeated extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}

export class AccountNotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

export class SessionNotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** The password changed while another change was under way. */
export class PasswordChangedMeanwhile extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}

export class RotatedRecently extends Error {
  readonly code = 'rotated-recently';
  readonly kind = 'conflict';
  readonly parameters: { readyAt: string };

  constructor(readyAt: Date) {
    super(`the signing key was changed a moment ago: again from ${readyAt.toISOString()}`);
    this.parameters = { readyAt: readyAt.toISOString() };
  }
}
