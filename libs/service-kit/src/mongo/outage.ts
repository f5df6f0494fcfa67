/** Seconds after which a client may try again; the database is usually back by then, or its requests are refused at no cost. */
const RETRY_AFTER_SECONDS = 2;

/** The database cannot be worked with right now (503): nothing was done, or it will be found when the request is repeated. */
export class DatabaseUnavailable extends Error {
  override readonly name: string = 'DatabaseUnavailable';
  readonly code = 'service-unavailable';
  readonly kind = 'unavailable';
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS;
}

/**
 * A commit was sent and its answer lost: the work may be done or not. It must not be done again blindly, for what it
 * finds then may be its own first half. The caller repeats the request, and its `Idempotency-Key` tells.
 */
export class CommitUncertain extends DatabaseUnavailable {
  override readonly name = 'CommitUncertain';
}

/** Driver and mongoose errors without a server's code: no connection, no server to choose, no place in the pool. */
const OUTAGE_NAMES =
  /^(Mongo(Network|NetworkTimeout|ServerSelection|PoolCleared|PoolClosed|WaitQueueTimeout|NotConnected|TopologyClosed|ServerClosed|ClientClosed|StalePrimary|OperationTimeout)Error|PoolClearedOnNetworkError|MongooseServerSelectionError)$/;

/** What mongoose says, in words only, of an operation that found no connection. */
const OUTAGE_WORDS = /buffering timed out|before initial connection is complete|Connection was force closed/;

/** Labels by which a server or driver says that the same may well succeed later. */
const OUTAGE_LABELS = [
  'TransientTransactionError',
  'UnknownTransactionCommitResult',
  'RetryableWriteError',
  'RetryableError',
  'SystemOverloadedError',
];

/** Server codes (mongo/base/error_codes.yml) of a server that is not there, not primary, going down, or out of order. */
const OUTAGE_CODES: ReadonlySet<unknown> = new Set([
  1, // InternalError: SecantusDB and storage engines after a full disk
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  43, // CursorNotFound: the server that had the cursor has restarted
  46, // LockBusy
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern: a majority is away
  112, // WriteConflict, once it was repeated in vain
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  251, // NoSuchTransaction: its server has restarted
  262, // ExceededTimeLimit
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11601, // Interrupted
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
]);

/** What Node says of a socket whose other end is gone; the driver passes it on where it was about to write. */
const LOST_SOCKET: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** A unique index refused: an answer, whatever else happened. */
const DUPLICATE_KEY = 11000;
const DEPTH = 5;

interface Shape {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  errorLabels?: unknown;
  /** Wrappers: native causes, mongoose's `reason`, the driver's responses and bulk results. */
  cause?: unknown;
  reason?: unknown;
  originalError?: unknown;
  errorResponse?: unknown;
  writeConcernError?: unknown;
  result?: unknown;
  err?: unknown;
  errors?: unknown;
  writeErrors?: unknown;
}

/**
 * True for what the database, not the request, is the reason of: it may well succeed later (503). Looks through the
 * wrappers of driver and mongoose, bulk writes included. False for a duplicate key, which is an answer.
 */
export function isOutage(error: unknown): boolean {
  return !isDuplicateKey(error) && (isLostSocket(error) || saysOutage(error, DEPTH));
}

function saysOutage(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth === 0) return false;
  const shape = error as Shape;
  const name = String(shape.name ?? '');
  // Codes of other libraries' errors mean something else; what the driver wraps is often a plain object.
  const isServers = !(error instanceof Error) || name.startsWith('Mongo');
  if (error instanceof DatabaseUnavailable || OUTAGE_NAMES.test(name)) return true;
  if (isServers && OUTAGE_CODES.has(shape.code)) return true;
  if (name === 'MongooseError' && OUTAGE_WORDS.test(String(shape.message))) return true;
  if (Array.isArray(shape.errorLabels) && shape.errorLabels.some((label) => OUTAGE_LABELS.includes(String(label))))
    return true;
  const within = [shape.cause, shape.reason, shape.originalError, shape.errorResponse, shape.writeConcernError];
  const lists = [shape.errors, shape.writeErrors].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return [...within, shape.result, shape.err, ...lists].some((inner) => saysOutage(inner, depth - 1));
}

/** True when the request could not be written: the other end was gone. */
export function isLostSocket(error: unknown): boolean {
  return LOST_SOCKET.has((error as Shape | null)?.code);
}

/** True for a unique index violation (11000), inside a transaction or out of it. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as Shape).code === DUPLICATE_KEY;
}

/** True when the error carries the label, as the driver's errors do. */
export function hasLabel(error: unknown, label: string): boolean {
  const labels = (error as Shape | null)?.errorLabels;
  return Array.isArray(labels) && labels.includes(label);
}
