import { Injectable } from '@nestjs/common';
import { Seals } from '@medflow/sealing';
import { Keys } from '../domain/keys.js';

@Injectable()
export class SealedKeys extends Keys {
  constructor(private readonly seals: Seals) {
    super();
  }

  rewrap(): Promise<number> {
    return this.seals.rewrap();
  }

  isDestroyed(patientId: string): Promise<boolean> {
    return this.seals.isDestroyed(patientId);
  }

  destroy(patientId: string, now: Date): Promise<Date> {
    return this.seals.destroy(patientId, now);
  }
}
