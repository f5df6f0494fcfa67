/** The appointment's status does not allow this step. */
export class InvalidTransition extends Error {
  readonly code = 'invalid-transition';
  readonly kind = 'conflict';
  readonly parameters: Record<string, unknown>;

  constructor(
    step: string,
    readonly status: string,
  ) {
    super(`cannot ${step} an appointment that is ${status}`);
    this.parameters = { step, status };
  }
}

export class TooEarly extends Error {
  readonly code = 'too-early';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor(readonly from: Date) {
    super(`not before ${from.toISOString()}`);
    this.extras = { from: from.toISOString() };
  }
}

export class TooLate extends Error {
  readonly code = 'too-late';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor(readonly until: Date) {
    super(`not after ${until.toISOString()}`);
    this.extras = { until: until.toISOString() };
  }
}

/** The slot has another price, and something may have been given for the present one already. */
export class PriceDiffers extends Error {
  readonly code = 'price-differs';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor({ amount, currency }: { amount: number; currency: string }) {
    super(`its price is ${amount} ${currency}`);
    this.extras = { price: { amount, currency } };
  }
}

/** The doctor may see nobody: the licence is not verified, or the account suspended (403). */
export class NotPractising extends Error {
  readonly code = 'not-practising';
  readonly kind = 'forbidden';
}

export class NotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** Rules of an availability that cannot be, each with its field. */
export class InvalidAvailability extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';

  constructor(readonly faults: { field: string; code: string; parameters?: Record<string, unknown> }[]) {
    super(faults.map(({ field, code }) => `${field}: ${code}`).join(', '));
  }
}

/** Text that no slot id of ours has. */
export class InvalidSlotId extends InvalidAvailability {
  constructor() {
    super([{ field: 'slotId', code: 'invalid' }]);
  }
}

/** The resource is at another version than the caller insisted on. */
export class VersionMismatch extends Error {
  readonly code = 'version-mismatch';
  readonly kind = 'precondition';
}

/** Another writer was faster; reload and decide again. Never reaches a caller. */
export class ConcurrentChange extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}

/** An appointment of this id was booked before. Never reaches a caller. */
export class BookedBefore extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}

/** Another hold or request of the patient has the place. Never reaches a caller. */
export class PlaceTaken extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}

/** The key of the request was used with another body (422). */
export class KeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

/** As many requests of the patient wait for an answer as may: of this doctor, or of all. */
export class TooManyOpenRequests extends Error {
  readonly code = 'too-many-requests-open';
  readonly kind = 'conflict';
  readonly parameters: Record<string, unknown>;
  readonly extras: Record<string, unknown>;

  constructor(scope: 'doctor' | 'all', max: number) {
    super(`${max} requests wait already: ${scope}`);
    this.parameters = { max };
    this.extras = { max, scope };
  }
}

/** The slot is free and can be booked, but is kept for nobody. */
export class NotReservable extends Error {
  readonly code = 'slot-not-reservable';
  readonly kind = 'conflict';
}

/** A patient whose address is not proven may hold a slot, and ask for nobody's time. */
export class EmailNotVerified extends Error {
  readonly code = 'email-not-verified';
  readonly kind = 'forbidden';
}

/** The patient holds as many slots as one may. */
export class TooManyHolds extends Error {
  readonly code = 'too-many-holds';
  readonly kind = 'conflict';
  readonly parameters: Record<string, unknown>;

  constructor(max: number) {
    super(`${max} slots are held already`);
    this.parameters = { max };
  }
}
