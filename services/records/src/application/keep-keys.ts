import { Injectable } from '@nestjs/common';
import { AccessLog, type Verification } from '../domain/access-log.js';
import { Keys } from '../domain/keys.js';
import { Clock } from '../domain/ports.js';

/** What is left of a record whose key was destroyed, and why. */
export interface ErasureReceipt {
  readonly patientId: string;
  readonly destroyedAt: Date;
}

/** For operators, who run the keys and read nothing. */
@Injectable()
export class KeepKeysHandler {
  constructor(
    private readonly keys: Keys,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @param patientId undefined: of everybody */
  verify(patientId?: string): Promise<Verification> {
    return this.log.verify(patientId);
  }

  /** @returns how many data keys were wrapped with the current master key */
  rewrap(): Promise<number> {
    return this.keys.rewrap();
  }

  /** Nobody can read what is in the record any more; asked again, it says when that was. */
  async erase(patientId: string): Promise<ErasureReceipt> {
    const now = this.clock.now();
    if (!(await this.keys.isDestroyed(patientId))) {
      const line = { patientId, at: now, actorId: null, role: 'operator', action: 'erase-record' } as const;
      await this.log.append({ ...line, purpose: 'operation' });
    }
    return { patientId, destroyedAt: await this.keys.destroy(patientId, now) };
  }
}
