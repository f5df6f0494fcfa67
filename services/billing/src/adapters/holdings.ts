import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import type { PaymentFactName } from '../domain/payment-fact.js';
import type { ChargeStatus } from '../domain/charge-state.js';
import { eventOf } from './bus/publications.js';
import { toState } from './mongo/mongo-charges.js';
import { ChargeRecord, type LastFact } from './mongo/schemas.js';

/** What this service tells again: how each payment stands. */
@Injectable()
export class BillingHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(@InjectModel(ChargeRecord.name) charges: Model<ChargeRecord>) {
    super();
    this.all = [
      holding<ChargeRecord>(
        'payments',
        charges,
        (record) => {
          const last = record.lastFact ?? impliedBy(record);
          if (!last) return [];
          const { at: time, ...fact } = last;
          return [{ ...eventOf({ ...fact, charge: toState(record) }), time }];
        },
        // Charges of earlier releases do not say when.
        (since) => ({ 'lastFact.at': { $not: { $lt: since } } }),
      ),
    ];
  }
}

const factOf: Readonly<Record<ChargeStatus, PaymentFactName | undefined>> = {
  none: undefined,
  due: undefined,
  'requires-action': 'pending',
  processing: 'pending',
  authorised: 'authorised',
  paid: 'captured',
  failed: 'failed',
  voided: 'voided',
  'partly-refunded': 'refunded',
  refunded: 'refunded',
};

/**
 * The last fact of a charge of an earlier release, which did not note it. What others said of a payment whose books are lost
 * is not billing's to tell: without an intent there is nothing that it knows itself.
 */
function impliedBy({ intent, status, version: sequence, paidAt, createdAt }: ChargeRecord): LastFact | undefined {
  const name = intent && factOf[status];
  return name && { name, sequence, at: paidAt ?? createdAt, offSession: false, released: false };
}
