import type { PaymentFact } from '../domain/charge.js';

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract append(facts: readonly PaymentFact[]): Promise<void>;
}

/** Told, after the commit, of a charge that has something to be done, now or at that time. */
export abstract class Wake {
  abstract charge(id: string, at: Date): void;
}
