import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit';
import { NotAnImage, StudioBusy } from '../../domain/errors.js';
import { type Portrait, PortraitStudio } from '../../domain/photo.js';
import { type Decoded, DecoderProcess } from './decoder-process.js';

/** Images that wait are in memory, 10 MB each at most. */
const MAX_WAITING = 8;
const START_MS = 15_000;
const DECODE_MS = 10_000;
/** How long the process stays for the next one. */
const IDLE_MS = 10_000;

/** Decodes one image at a time, in a process that is there only while there are any. */
@Injectable()
export class SharpStudio extends PortraitStudio implements OnModuleDestroy {
  private readonly logger = new Logger('photos');
  private readonly queue = new KeyedQueue();
  private waiting = 0;
  private decoder: DecoderProcess | undefined;
  private idle: NodeJS.Timeout | undefined;

  async portraitOf(image: Uint8Array): Promise<Portrait> {
    if (this.waiting >= MAX_WAITING) throw new StudioBusy(`${this.waiting} images wait`);
    this.waiting += 1;
    try {
      return await this.queue.run('decoder', () => this.decode(image));
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.idle = setTimeout(() => this.rest(), IDLE_MS).unref();
    }
  }

  onModuleDestroy(): void {
    this.rest();
  }

  private async decode(image: Uint8Array): Promise<Portrait> {
    clearTimeout(this.idle);
    // Whose process ends over it twice is the cause of that.
    const decoded = (await this.ask(image)) ?? (await this.ask(image)) ?? { fault: 'the decoder ended over it' };
    if ('fault' in decoded) throw new NotAnImage(decoded.fault);
    return decoded.portrait;
  }

  /** @returns undefined: the process ended over it, or took too long @throws Error when none can be started */
  private async ask(image: Uint8Array): Promise<Decoded | undefined> {
    if (!this.decoder?.isRunning) this.decoder = await DecoderProcess.start(START_MS);
    return this.decoder.decode(image, DECODE_MS).catch((error: Error) => {
      this.logger.warn(error.message);
      this.decoder = undefined;
      return undefined;
    });
  }

  private rest(): void {
    clearTimeout(this.idle);
    this.decoder?.end();
    this.decoder = undefined;
  }
}
