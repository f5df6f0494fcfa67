import { createHash, createHmac } from 'node:crypto';
import { Digests } from '../../domain/ports.js';

export class HmacDigests extends Digests {
  of(secret: string): string {
    return createHash('sha256').update(secret).digest('base64url');
  }

  keyed(key: string, text: string): string {
    return createHmac('sha256', key).update(text).digest('base64url');
  }
}
