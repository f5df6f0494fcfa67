const MOST_KINDS = 100;

/**
 * Says a failure when it first comes and then at each doubling of how often it came, each kind for itself: what fails for
 * ever fills no log.
 */
export class FailureLog {
  private readonly times = new Map<string, number>();

  constructor(private readonly say: (line: string) => void) {}

  /** @param what was to be done, in words that go before « : the reason » */
  failed(what: string, error: unknown): void {
    const kind = kindOf(error);
    if (!this.times.has(kind) && this.times.size >= MOST_KINDS) this.times.clear();
    const times = (this.times.get(kind) ?? 0) + 1;
    this.times.set(kind, times);
    if (!Number.isInteger(Math.log2(times))) return;
    this.say(`${what}: ${reasonOf(error)}${times > 1 ? ` (${times} times so far)` : ''}`);
  }

  /** @returns how many failures there were since it last went well */
  succeeded(): number {
    let failures = 0;
    for (const times of this.times.values()) failures += times;
    this.times.clear();
    return failures;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What stays the same of an error that comes again: its name and code, not the ids in its words. */
function kindOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return `${String(name)} ${String(code)}`;
}
