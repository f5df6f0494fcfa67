import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { AccessTokenSigner } from '../domain/session.js';

@Injectable()
export class RotateSigningKeyHandler {
  constructor(
    private readonly signer: AccessTokenSigner,
    private readonly clock: Clock,
  ) {}

  /** Tokens that the key before has signed stay valid to their end. @returns the new key's id @throws RotatedRecently */
  execute(): Promise<string> {
    return this.signer.rotate(this.clock.now());
  }
}
