export class NotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** Nobody has told of that appointment, so far. */
export class NotHeardOf extends NotFound {}

/** The appointment does not want a payment now. */
export class NotPayable extends Error {
  readonly code = 'not-payable';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  /** @param reason free, not accepted yet, over, its hold lapsed, for nobody to see, or the provider will not take it */
  constructor(readonly reason: 'free' | 'not-accepted' | 'ended' | 'hold-lapsed' | 'doctor-unavailable' | 'refused') {
    super(`not payable: ${reason}`);
    this.extras = { reason };
  }
}

export class AlreadyPaid extends Error {
  readonly code = 'already-paid';
  readonly kind = 'conflict';
  readonly extras: Record<string, unknown>;

  constructor(paymentId: string) {
    super(`payment ${paymentId} is made`);
    this.extras = { paymentId };
  }
}

/** Another attempt with another card has not ended: which of them counts is not known yet. */
export class PaymentInProgress extends Error {
  readonly code = 'payment-in-progress';
  readonly kind = 'conflict';
  readonly retryAfterSeconds = 2;
}

export class PaymentDeclined extends Error {
  readonly code = 'payment-declined';
  readonly kind = 'declined';
  readonly extras: Record<string, unknown>;

  constructor(
    readonly declineCode: string,
    paymentId?: string,
  ) {
    super(`declined: ${declineCode}`);
    this.extras = { declineCode, ...(paymentId !== undefined && { paymentId }) };
  }
}

/** A payment method that is not the patient's, or none at all. */
export class UnknownMethod extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults = [{ field: 'paymentMethodId', code: 'unknown-payment-method' }];
}

/** There is no receipt before the money is taken. */
export class NoReceipt extends Error {
  readonly code = 'no-receipt';
  readonly kind = 'conflict';
}

/** Another writer was faster; reload and decide again. Never reaches a caller. */
export class ConcurrentChange extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}
