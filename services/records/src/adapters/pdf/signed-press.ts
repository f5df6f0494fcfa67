import { Injectable } from '@nestjs/common';
import { signPdf } from '@medflow/pdf';
import { type PaperContent, PaperPress, type SignedWith } from '../../domain/papers.js';
import { detachedSignature } from '../signing/cms.js';
import { SigningKeys } from '../signing/signing-keys.js';
import { printPaper } from './print-paper.js';

/** PAdES-B-B over what was printed. */
@Injectable()
export class SignedPress extends PaperPress {
  constructor(private readonly keys: SigningKeys) {
    super();
  }

  async print(
    doctorId: string,
    content: Omit<PaperContent, 'signedWith'>,
  ): Promise<{ bytes: Buffer; signedWith: SignedWith }> {
    const { signer, signedWith } = await this.keys.signerOf(doctorId, content.issuedAt);
    const printed = await printPaper({ ...content, signedWith });
    return { bytes: await signPdf(printed, (signed) => detachedSignature(signed, signer)), signedWith };
  }
}
