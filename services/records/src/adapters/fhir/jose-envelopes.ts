import { Injectable } from '@nestjs/common';
import { CompactEncrypt } from 'jose';
import { Envelopes } from '../../domain/share.js';

/** As HL7 SMART Health Links 1.0 has it: JWE, the link's key as it is, AES-256-GCM, DEFLATE. */
@Injectable()
export class JoseEnvelopes extends Envelopes {
  encrypt(content: string, contentType: string, key: string): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(content))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', zip: 'DEF', cty: contentType })
      .encrypt(Buffer.from(key, 'base64url'));
  }
}
