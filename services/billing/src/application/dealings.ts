import { Injectable } from '@nestjs/common';
import { Operations } from '../domain/charges.js';
import { Clock } from '../domain/ports.js';
import type { IntentSnapshot } from '../domain/provider.js';

/** What a call at the provider is called, in its idempotency key and in our record of it. */
export interface Deed {
  readonly chargeId: string;
  readonly kind: string;
  /** Unique among all deeds, and the same whenever this very deed is asked for again. */
  readonly key: string;
}

/** Every change at the provider passes here: noted before it is asked for, with its outcome after. */
@Injectable()
export class Dealings {
  constructor(
    private readonly operations: Operations,
    private readonly clock: Clock,
  ) {}

  async perform(deed: Deed, call: (key: string) => Promise<IntentSnapshot>): Promise<IntentSnapshot> {
    await this.operations.begin(deed.key, deed.kind, deed.chargeId, this.clock.now());
    try {
      const snapshot = await call(deed.key);
      this.operations.end(deed.key, snapshot.status, this.clock.now());
      return snapshot;
    } catch (error) {
      const { name, message } = error as Error;
      this.operations.end(deed.key, `${name}: ${message}`, this.clock.now());
      throw error;
    }
  }
}
