import { ConcurrentChange } from '../domain/errors.js';

const ATTEMPTS = 20;

/** Load, decide, save; from the start again when another writer came between, so that neither's change is lost. */
export async function decideAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConcurrentChange) || attempt === ATTEMPTS) throw error;
    }
  }
}
