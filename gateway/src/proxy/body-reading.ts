import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge } from './body-faults.js';

export interface BodyPace {
  /** In each window of `windowMs` at least `windowBytes` must come, unless the body is there. */
  windowMs: number;
  windowBytes: number;
  totalMs: number;
}

/** A phone on a poor network sends some kilobytes a second; who sends less keeps a connection for its own sake. */
export const pace: BodyPace = { windowMs: 10_000, windowBytes: 5_000, totalMs: 60_000 };

/** A document of 100 MB over a poor line takes its time, and keeps nothing of ours meanwhile but two connections. */
const STREAMED_TIMES = 30;
export const streamedPace = (atPace: BodyPace): BodyPace => ({ ...atPace, totalMs: STREAMED_TIMES * atPace.totalMs });

/** Whoever is answered while still sending learns of it only once that is read, up to so many times what is admitted. */
const DISCARD = { times: 4, ms: 1_000 };

/** Answers to requests that wait for « 100 Continue » before they send their body. */
const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** What is announced is too much already. @throws BodyTooLarge */
export async function checkAnnounced(payload: IncomingMessage, maxBytes: number): Promise<void> {
  if (Number(payload.headers['content-length'] ?? 0) <= maxBytes) return;
  if (!waiting.has(payload)) await discard(payload, maxBytes);
  throw new BodyTooLarge(`more than ${maxBytes} bytes are announced`);
}

/** The body is wanted: who waits for « 100 Continue » may send it. */
export const welcome = (payload: IncomingMessage): void => waiting.get(payload)?.writeContinue();

export const waitForContinue = (request: IncomingMessage, response: ServerResponse): void => {
  waiting.set(request, response);
};

/** Reads on without keeping, until the end or for a moment. */
export function discard(payload: IncomingMessage, maxBytes: number): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const timer = setTimeout(finish, DISCARD.ms);
    function finish() {
      clearTimeout(timer);
      payload.off('data', count);
      resolve();
    }
    function count(chunk: Buffer) {
      bytes += chunk.length;
      if (bytes > DISCARD.times * maxBytes) finish();
    }
    payload.on('data', count).once('end', finish).once('error', finish).once('close', finish).resume();
  });
}
