/**
 * Does the work once and answers its outcome from then on. A failure is not remembered: who asks next has it tried again.
 */
export function remembered<T>(work: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => {
    if (outcome) return outcome;
    const attempt = work();
    outcome = attempt;
    attempt.catch(() => {
      if (outcome === attempt) outcome = undefined;
    });
    return attempt;
  };
}
