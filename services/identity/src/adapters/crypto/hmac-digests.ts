import { createHmac } from 'node:crypto';
import { Digests } from '../../domain/ports.js';

export class HmacDigests extends Digests {
  keyed(key: string, text: string): string {
    return createHmac('sha256', key).update(text).digest('base64url');
  }
}
