import { Injectable } from '@nestjs/common';
import { OwnedIds } from '@medflow/service-kit';
import { Clock, Ids } from '../../domain/ports.js';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** Billing and feedback wait for what they have not heard of yet only where the id tells that it is the caller's own. */
@Injectable()
export class PatientsIds extends Ids {
  constructor(private readonly owned: OwnedIds) {
    super();
  }

  next(patientId: string, seed?: string): string {
    return this.owned.next(patientId, seed);
  }
}
