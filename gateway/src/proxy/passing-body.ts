import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { BodyTooLarge, BodyTooSlow } from './body-faults.js';
import { type BodyPace, checkAnnounced, welcome } from './body-reading.js';

type Limits = BodyPace & { maxBytes: number };

/** A body on its way to its service: held to its size and pace as it passes, and never whole in memory. */
export class PassingBody extends Transform {
  /** Why it was stopped here, where it was. */
  fault: Error | undefined;
  private bytes = 0;
  private before = 0;
  private readonly timers: NodeJS.Timeout[];

  /** @throws BodyTooLarge when it is announced as such */
  static async of(payload: IncomingMessage, limits: Limits): Promise<PassingBody> {
    await checkAnnounced(payload, limits.maxBytes);
    welcome(payload);
    return new PassingBody(payload, limits);
  }

  private constructor(
    private readonly payload: IncomingMessage,
    { windowMs, windowBytes, totalMs, maxBytes }: Limits,
  ) {
    super();
    this.maxBytes = maxBytes;
    const tooSlow = () => this.stop(new BodyTooSlow('the body comes too slowly'));
    this.timers = [
      setTimeout(tooSlow, totalMs),
      setInterval(() => {
        // That the service takes its time is no fault of the sender's.
        if (this.bytes - this.before < windowBytes && !this.writableNeedDrain) tooSlow();
        this.before = this.bytes;
      }, windowMs),
    ];
    payload.once('error', (error) => this.stop(error));
    payload.once('close', () => {
      if (!payload.complete) this.stop(Object.assign(new Error('the sender went away'), { statusCode: 400 }));
    });
    payload.pipe(this);
    // Whoever reads it hears of it; it may also be that nobody does any more.
    this.on('error', () => undefined);
  }

  private readonly maxBytes: number;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes <= this.maxBytes) return done(null, chunk);
    this.fault ??= new BodyTooLarge(`more than ${this.maxBytes} bytes`);
    done(this.fault);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.timers.forEach(clearTimeout);
    this.payload.unpipe(this);
    done(error);
  }

  override _flush(done: TransformCallback): void {
    this.timers.forEach(clearTimeout);
    done();
  }

  private stop(error: Error): void {
    if (this.destroyed || this.writableEnded) return;
    this.fault ??= error;
    this.destroy(error);
  }
}
