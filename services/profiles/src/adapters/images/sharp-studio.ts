import { Injectable } from '@nestjs/common';
import { ImageStudio, type MadeDocument } from '@medflow/images';
import type { DocumentStudio } from '../../domain/licence-proof.js';
import type { PortraitStudio } from '../../domain/photo.js';

/** Pictures of people, and what doctors show of the licence. */
@Injectable()
export class SharpStudio extends ImageStudio implements PortraitStudio, DocumentStudio {
  proofOf(file: Uint8Array): Promise<MadeDocument> {
    return this.documentOf(file);
  }
}
