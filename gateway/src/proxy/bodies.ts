import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyTooLarge, BodyTooSlow, NoRoomForBody } from './body-faults.js';
import { type BodyPace, checkAnnounced, discard, pace, streamedPace, welcome } from './body-reading.js';
import { PassingBody } from './passing-body.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of this route's bodies; {@link MAX_BODY_BYTES} where it says nothing. */
    maxBodyBytes?: number;
    /** Bodies go through as they come ({@link PassingBody}); otherwise they are read whole first. */
    streamed?: boolean;
  }
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

const LARGE_BODIES_BYTES = 64 * 1024 * 1024;

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
  await checkAnnounced(payload, maxBytes);
  welcome(payload);
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
  scope.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const { maxBodyBytes: maxBytes = MAX_BODY_BYTES, streamed } = request.routeOptions.config;
    if (streamed) return PassingBody.of(payload, { ...streamedPace(atPace), maxBytes });
    return readBody(payload, { ...atPace, maxBytes }, maxBytes > MAX_BODY_BYTES ? room : undefined);
  });
}
