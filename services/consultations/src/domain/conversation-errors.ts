/** No such conversation, message or file, or somebody else's. */
export class ConversationNotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** The last visit is too long ago: what was written stays to be read, and nothing is added. */
export class CareEnded extends Error {
  readonly code = 'care-ended';
  readonly kind = 'conflict';
}

/** The doctor takes no messages here, and has left no answer. */
export class ConversationClosed extends Error {
  readonly code = 'conversation-closed';
  readonly kind = 'conflict';
}

/** A doctor who may see nobody writes to nobody either. */
export class NotPractising extends Error {
  readonly code = 'not-practising';
  readonly kind = 'forbidden';
}

/** The doctor may see nobody: a patient is not to wait for an answer. */
export class DoctorUnavailable extends Error {
  readonly code = 'doctor-unavailable';
  readonly kind = 'conflict';
}

/** Another message came under this key. */
export class MessageKeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

/** Another writer was faster; reload and decide again. Never reaches a caller. */
export class ConcurrentChange extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}
