import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of this route's bodies; {@link MAX_BODY_BYTES} where it says nothing. */
    maxBodyBytes?: number;
  }
}

/** The body is larger than its route admits (413). */
export class BodyTooLarge extends Error {
  readonly statusCode = 413;
}

/** The body does not come, or comes too slowly (408). */
export class BodyTooSlow extends Error {
  readonly statusCode = 408;
}

/** Bodies of larger routes fill the room that they have together (503). */
export class NoRoomForBody extends Error {
  readonly statusCode = 503;
}

/** What bodies may hold in memory together, while they are read. */
export class BodyRoom {
  private held = 0;

  constructor(private readonly bytes: number) {}

  /** @returns false: there is not so much left */
  take(bytes: number): boolean {
    if (this.held + bytes > this.bytes) return false;
    this.held += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.held -= bytes;
  }
}

export interface BodyPace {
  /** In each window of `windowMs` at least `windowBytes` must come, unless the body is there. */
  windowMs: number;
  windowBytes: number;
  totalMs: number;
}

/** A phone on a poor network sends some kilobytes a second; who sends less keeps a connection for its own sake. */
const pace: BodyPace = { windowMs: 10_000, windowBytes: 5_000, totalMs: 60_000 };

/** Whoever is answered while still sending learns of it only once that is read, up to so many times what is admitted. */
const DISCARD = { times: 4, ms: 1_000 };

const LARGE_BODIES_BYTES = 64 * 1024 * 1024;

/** Answers to requests that wait for « 100 Continue » before they send their body. */
const waiting = new WeakMap<IncomingMessage, ServerResponse>();

export const waitForContinue = (request: IncomingMessage, response: ServerResponse): void => {
  waiting.set(request, response);
};

/** Reads on without keeping, until the end or for a moment. */
function discard(payload: IncomingMessage, maxBytes: number): Promise<void> {
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

/**
 * The whole body.
 * @param room that it takes its bytes from, if any
 * @throws BodyTooLarge, BodyTooSlow, NoRoomForBody, or what the connection ended with
 */
export async function readBody(
  payload: IncomingMessage,
  { maxBytes, windowMs, windowBytes, totalMs }: BodyPace & { maxBytes: number },
  room?: BodyRoom,
): Promise<Buffer> {
  if (Number(payload.headers['content-length'] ?? 0) > maxBytes) {
    if (!waiting.has(payload)) await discard(payload, maxBytes);
    throw new BodyTooLarge(`more than ${maxBytes} bytes are announced`);
  }
  waiting.get(payload)?.writeContinue();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let before = 0;
  let taken = 0;
  const timers: NodeJS.Timeout[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const tooSlow = () => reject(new BodyTooSlow('the body comes too slowly'));
      timers.push(setTimeout(tooSlow, totalMs));
      timers.push(
        setInterval(() => {
          if (bytes - before < windowBytes) tooSlow();
          before = bytes;
        }, windowMs),
      );
      payload.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) reject(new BodyTooLarge(`more than ${maxBytes} bytes`));
        else if (room && !room.take(chunk.length)) reject(new NoRoomForBody('other large bodies are being read'));
        else {
          if (room) taken += chunk.length;
          chunks.push(chunk);
        }
      });
      payload.once('end', resolve).once('error', reject);
      payload.once('close', () => reject(Object.assign(new Error('the sender went away'), { statusCode: 400 })));
    });
  } catch (error) {
    payload.removeAllListeners('data');
    chunks.length = 0;
    if (error instanceof BodyTooLarge || error instanceof NoRoomForBody) await discard(payload, maxBytes);
    throw error;
  } finally {
    timers.forEach(clearTimeout);
    room?.giveBack(taken);
  }
  return Buffer.concat(chunks, bytes);
}

/**
 * Bodies are read before anything is asked of a service, so that who sends slowly keeps nobody's connection but their
 * own. They are kept in memory: those of routes that take larger ones (`config.maxBodyBytes`) share a room.
 */
export function readBodies(
  scope: FastifyInstance,
  atPace: BodyPace = pace,
  room = new BodyRoom(LARGE_BODIES_BYTES),
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) => {
    const { maxBodyBytes: maxBytes = MAX_BODY_BYTES } = request.routeOptions.config;
    return readBody(payload, { ...atPace, maxBytes }, maxBytes > MAX_BODY_BYTES ? room : undefined);
  });
}
