import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit';
import { type Answer, type Decoded, DecoderProcess, type Order, type Portrait } from './decoder-process.js';
import { NotADocument, NotAnImage, StudioBusy } from './errors.js';

/** What is kept of a document that somebody sends: a PDF as it came, or a picture encoded anew. */
export const documentTypes = ['application/pdf', 'image/webp'] as const;
export type DocumentType = (typeof documentTypes)[number];

export interface MadeDocument {
  readonly type: DocumentType;
  readonly content: Uint8Array;
}

/** Images that wait are in memory, 25 MB each at most. */
const MAX_WAITING = 8;
const START_MS = 15_000;
/** What is kept as large as it was has to be written as well. */
const withinMs: Readonly<Record<Order['as'], number>> = { portrait: 10_000, page: 10_000, original: 30_000 };
/** How long the process stays for the next one. */
const IDLE_MS = 10_000;

/** ISO 32000-2, 7.5.2 and 7.5.5; readers take a header within the first kilobyte and an end within the last. */
function isPdf(file: Uint8Array): boolean {
  const ends = (part: Uint8Array) => Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
  return ends(file.subarray(0, 1_024)).includes('%PDF-') && ends(file.subarray(-1_024)).includes('%%EOF');
}

/** Decodes one image at a time, in a process that is there only while there are any. */
@Injectable()
export class ImageStudio implements OnModuleDestroy {
  private readonly logger = new Logger('images');
  private readonly queue = new KeyedQueue();
  private waiting = 0;
  private decoder: DecoderProcess | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** Two squares of its middle. @throws NotAnImage, StudioBusy */
  async portraitOf(image: Uint8Array): Promise<Portrait> {
    const { portrait } = (await this.make({ image, as: 'portrait' })) as { portrait: Portrait };
    return portrait;
  }

  /**
   * By what the file holds, whatever it is called. A PDF is looked at by nobody but who reads it: it is served as a file of
   * that type and no other.
   * @throws NotADocument, StudioBusy
   */
  async documentOf(file: Uint8Array): Promise<MadeDocument> {
    if (isPdf(file)) return { type: 'application/pdf', content: file };
    try {
      const { page } = (await this.make({ image: file, as: 'page' })) as { page: Uint8Array };
      return { type: 'image/webp', content: page };
    } catch (error) {
      throw error instanceof NotAnImage ? new NotADocument(error.message) : error;
    }
  }

  /**
   * Upright, in the format and as large as it was, and nothing of what stood beside the picture.
   * @throws NotAnImage, StudioBusy
   */
  async originalOf(image: Uint8Array): Promise<Uint8Array> {
    const { page } = (await this.make({ image, as: 'original' })) as { page: Uint8Array };
    return page;
  }

  onModuleDestroy(): void {
    this.rest();
  }

  /** @throws NotAnImage, StudioBusy */
  private async make(order: Order): Promise<Decoded> {
    if (this.waiting >= MAX_WAITING) throw new StudioBusy(`${this.waiting} images wait`);
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

  private rest(): void {
    clearTimeout(this.idle);
    this.decoder?.end();
    this.decoder = undefined;
  }
}
