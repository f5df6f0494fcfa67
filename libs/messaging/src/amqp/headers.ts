import type { GetMessage, Message } from 'amqplib';
import { v7 as uuidv7 } from 'uuid';
import type { DeadLetter } from '../dead-letter.js';
import { parseEnvelope } from '../envelope.js';

/** What a message carries about its failures, beside the envelope. */
export interface FailureHeaders {
  /** Attempts that failed. */
  'x-attempts': number;
  'x-error': string;
  'x-first-failed-at': string;
  'x-parked-at'?: string;
}

/** What the broker says of a message that it dead-lettered; `value` counts seconds. */
interface Death {
  count?: number;
  reason?: string;
  time?: { value: number };
}

const longestError = 1_000;

export function failureHeaders(message: Message, error: unknown): FailureHeaders {
  const before = (message.properties.headers ?? {}) as Partial<FailureHeaders>;
  return {
    'x-attempts': attemptsOf(message) + 1,
    'x-error': String(error).slice(0, longestError),
    'x-first-failed-at': before['x-first-failed-at'] ?? new Date().toISOString(),
  };
}

export function attemptsOf(message: Message): number {
  const attempts: unknown = message.properties.headers?.['x-attempts'];
  return typeof attempts === 'number' ? attempts : 0;
}

/** Id of the event; a new one for what is no event of ours. */
export function idOf(message: Message): string {
  return (message.properties.messageId as string | undefined) ?? envelopeOf(message)?.id ?? uuidv7();
}

/** Messages about the same subject keep their order; what has none stands for itself. */
export function subjectOf(message: Message): string {
  const subject: unknown = message.properties.headers?.['x-subject'];
  return typeof subject === 'string' ? subject : (envelopeOf(message)?.subject ?? idOf(message));
}

export function letterOf(message: GetMessage, queue: string): DeadLetter {
  const headers = (message.properties.headers ?? {}) as Partial<FailureHeaders>;
  const { type, subject } = envelopeOf(message) ?? {};
  // What the broker parked itself (a consumer that died again and again) has only the broker's own headers.
  const death = message.properties.headers?.['x-death']?.[0] as Death | undefined;
  const diedAt = death?.time ? new Date(death.time.value * 1_000).toISOString() : '';
  return {
    id: idOf(message),
    queue,
    type,
    subject,
    error: headers['x-error'] ?? String(death?.reason ?? 'unknown'),
    attempts: attemptsOf(message) || Number(death?.count ?? 0),
    firstFailedAt: headers['x-first-failed-at'] ?? diedAt,
    parkedAt: headers['x-parked-at'] ?? diedAt,
    body: message.content.toString(),
  };
}

function envelopeOf(message: Message) {
  try {
    return parseEnvelope(message.content);
  } catch {
    return undefined;
  }
}
