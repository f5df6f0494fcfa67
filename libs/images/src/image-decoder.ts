import { Logger } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { type Answer, type Decoded, DecoderProcess, type Order, type Portrait } from './decoder-process.js';

/** The bytes are no JPEG, PNG or WebP that can be read, or have too many pixels. */
export class NotAnImage extends Error {}

/** More images than can be looked at wait already. */
export class DecoderBusy extends Error {}

/** Images that wait are in memory, 25 MB each at most. */
const MAX_WAITING = 8;
const START_MS = 15_000;
/** How long the process stays for the next one. */
const IDLE_MS = 10_000;
/** A page that is kept as large as it was has to be written as well. */
const withinMs: Readonly<Record<Order['as'], number>> = { portrait: 10_000, page: 10_000, original: 30_000 };

/** Decodes one image at a time, in a process that is there only while there are any. */
export class ImageDecoder {
  private readonly logger = new Logger('images');
  private readonly queue = new KeyedQueue();
  private waiting = 0;
  private decoder: DecoderProcess | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** Two squares, of the middle. @throws NotAnImage, DecoderBusy */
  async portraitOf(image: Uint8Array): Promise<Portrait> {
    const { portrait } = (await this.make({ image, as: 'portrait' })) as { portrait: Portrait };
    return portrait;
  }

  /** WebP, as large as one needs to read it. @throws NotAnImage, DecoderBusy */
  async pageOf(image: Uint8Array): Promise<Uint8Array> {
    const { page } = (await this.make({ image, as: 'page' })) as { page: Uint8Array };
    return page;
  }

  /**
   * Upright, in the format and as large as it was, and nothing of what stood beside the picture.
   * @throws NotAnImage, DecoderBusy
   */
  async originalOf(image: Uint8Array): Promise<Uint8Array> {
    const { page } = (await this.make({ image, as: 'original' })) as { page: Uint8Array };
    return page;
  }

  rest(): void {
    clearTimeout(this.idle);
    this.decoder?.end();
    this.decoder = undefined;
  }

  private async make(order: Order): Promise<Decoded> {
    if (this.waiting >= MAX_WAITING) throw new DecoderBusy(`${this.waiting} images wait`);
    this.waiting += 1;
    try {
      return await this.queue.run('decoder', () => this.decode(order));
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.idle = setTimeout(() => this.rest(), IDLE_MS).unref();
    }
  }

  private async decode(order: Order): Promise<Decoded> {
    clearTimeout(this.idle);
    // Whose process ends over it twice is the cause of that.
    const decoded = (await this.ask(order)) ?? (await this.ask(order)) ?? { fault: 'the decoder ended over it' };
    if ('fault' in decoded) throw new NotAnImage(decoded.fault);
    return decoded;
  }

  /** @returns undefined: the process ended over it, or took too long @throws Error when none can be started */
  private async ask(order: Order): Promise<Answer | undefined> {
    if (!this.decoder?.isRunning) this.decoder = await DecoderProcess.start(START_MS);
    return this.decoder.decode(order, withinMs[order.as]).catch((error: Error) => {
      this.logger.warn(error.message);
      this.decoder = undefined;
      return undefined;
    });
  }
}
