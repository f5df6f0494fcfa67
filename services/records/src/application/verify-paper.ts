import { Injectable } from '@nestjs/common';
import { type Paper, Papers } from '../domain/papers.js';

/** Tells whoever has the code of a paper whether it is genuine, and nothing of what it says. */
@Injectable()
export class VerifyPaperHandler {
  constructor(private readonly papers: Papers) {}

  /** @returns undefined: no paper of this installation has that code */
  verify(code: string): Promise<{ paper: Paper; withdrawn: boolean } | undefined> {
    return this.papers.byCode(code);
  }
}
