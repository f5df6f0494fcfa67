import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ImageStudio, NotAnImage, StudioBusy } from '@medflow/images';
import { BrokenFile, FileTooLarge, NotNow, UnsupportedFile } from '../../domain/errors.js';
import { FileInspection, type FileType, type Inspected, MAX_FILE_BYTES, MAX_IMAGE_BYTES } from '../../domain/files.js';

/** What a file begins with: PNG §5.2, JPEG SOI, RIFF with the form WEBP, ISO 32000-2 §7.5.2 without anything before it. */
const beginnings: readonly [FileType, RegExp][] = [
  ['application/pdf', /^%PDF-[12]\.\d/],
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
];
const HEAD_BYTES = 16;
/** Readers of PDFs look for its end mark here. */
const TAIL_BYTES = 1_024;

@Injectable()
export class ContentInspection extends FileInspection implements OnModuleDestroy {
  private readonly decoder = new ImageStudio();

  async inspect(content: AsyncIterable<Uint8Array>): Promise<Inspected> {
    const parts = content[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    while (head.length < HEAD_BYTES) {
      const { done, value } = await parts.next();
      if (done) break;
      head = Buffer.concat([head, value]);
    }
    const text = head.subarray(0, HEAD_BYTES).toString('latin1');
    const mediaType = beginnings.find(([, begins]) => begins.test(text))?.[0];
    if (!mediaType) throw new UnsupportedFile('by its beginning it is none of ours');
    if (mediaType === 'application/pdf') return { mediaType, content: pdfOf(head, parts) };
    return { mediaType, content: [await this.pictureOf(head, parts)] as never };
  }

  onModuleDestroy(): void {
    this.decoder.onModuleDestroy();
  }

  private async pictureOf(head: Buffer, rest: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
    const parts = [head];
    let bytes = head.length;
    for (let part = await rest.next(); !part.done; part = await rest.next()) {
      bytes += part.value.length;
      if (bytes > MAX_IMAGE_BYTES) throw new FileTooLarge(MAX_IMAGE_BYTES);
      parts.push(Buffer.from(part.value));
    }
    return this.decoder.originalOf(Buffer.concat(parts, bytes)).catch((error: Error) => {
      if (error instanceof StudioBusy) throw new NotNow(error.message);
      throw error instanceof NotAnImage ? new BrokenFile(error.message) : error;
    });
  }
}

/** As it comes; nobody here reads what is in it. */
async function* pdfOf(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let tail = head.subarray(-TAIL_BYTES);
  let bytes = head.length;
  yield head;
  for (let part = await rest.next(); !part.done; part = await rest.next()) {
    bytes += part.value.length;
    if (bytes > MAX_FILE_BYTES) throw new FileTooLarge(MAX_FILE_BYTES);
    tail = Buffer.from(Buffer.concat([tail, part.value.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES));
    yield part.value;
  }
  if (!tail.includes('%%EOF')) throw new BrokenFile('the end of the PDF lacks');
}
