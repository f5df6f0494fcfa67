import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/ports.js';
import { AccessTokenSigner } from '../domain/session.js';

@Injectable()
export class PublicKeysHandler {
  constructor(
    private readonly signer: AccessTokenSigner,
    private readonly clock: Clock,
  ) {}

  /** JWKs of the current key and the one before it. */
  execute(): Promise<object[]> {
    return this.signer.publicKeys(this.clock.now());
  }
}
