import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DecoderBusy, ImageDecoder, NotAnImage as Undecodable } from '@medflow/images';
import { NotADocument, NotAnImage, StudioBusy } from '../../domain/errors.js';
import type { DocumentStudio, ProofType } from '../../domain/licence-proof.js';
import type { Portrait, PortraitStudio } from '../../domain/photo.js';

/** ISO 32000-2, 7.5.2 and 7.5.5; readers take a header within the first kilobyte and an end within the last. */
function isPdf(file: Uint8Array): boolean {
  const ends = (part: Uint8Array) => Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
  return ends(file.subarray(0, 1_024)).includes('%PDF-') && ends(file.subarray(-1_024)).includes('%%EOF');
}

/** Portraits and papers, made by the decoder that is a process of its own. */
@Injectable()
export class SharpStudio implements PortraitStudio, DocumentStudio, OnModuleDestroy {
  private readonly decoder = new ImageDecoder();

  /** @throws NotAnImage, StudioBusy */
  async portraitOf(image: Uint8Array): Promise<Portrait> {
    return this.decoder.portraitOf(image).catch(refuse(NotAnImage)) as Promise<Portrait>;
  }

  /** A PDF is looked at by nobody but who reads it: it is served as a file of that type and no other. */
  async proofOf(file: Uint8Array): Promise<{ type: ProofType; content: Uint8Array }> {
    if (isPdf(file)) return { type: 'application/pdf', content: file };
    return { type: 'image/webp', content: await this.decoder.pageOf(file).catch(refuse(NotADocument)) };
  }

  onModuleDestroy(): void {
    this.decoder.rest();
  }
}

const refuse =
  (Refusal: new (message: string) => Error) =>
  (error: Error): never => {
    if (error instanceof DecoderBusy) throw new StudioBusy(error.message);
    throw error instanceof Undecodable ? new Refusal(error.message) : error;
  };
