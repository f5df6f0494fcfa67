import type { PaymentFact } from '../domain/payment-fact.js';

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract append(facts: readonly PaymentFact[]): Promise<void>;
}

/** Learns, after the commit, of charges that have something to be done, now or at a time to come. */
export abstract class SettlementSchedule {
  abstract settleAt(chargeId: string, at: Date): void;
}
