import type { VisitFact } from '../domain/visit.js';

/** Where the repository leaves what happened, inside its transaction; the bus adapter turns it into events. */
export abstract class VisitFacts {
  abstract append(facts: readonly VisitFact[]): Promise<void>;
}
