import type { RuleId } from './country-rules.js';

/** The country’s rules forbid it; the problem names the rule, and its text says what is allowed instead. */
export abstract class RefusedByRule extends Error {
  abstract readonly code: string;
  readonly kind = 'forbidden';
  readonly extras: { readonly rule: RuleId };

  constructor(rule: RuleId) {
    super(`rule ${rule}`);
    this.extras = { rule };
  }
}
