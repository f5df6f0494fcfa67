import { Injectable } from '@nestjs/common';
import { type Operation, Operations } from '../domain/charges.js';
import { Clock } from '../domain/ports.js';
import { ProviderFailed, ProviderRefused } from '../domain/provider.js';

/**
 * Every change at the provider passes here: noted before it is asked for, with its outcome after, under a key that is the
 * same whenever this very operation is asked for again. A key that the provider has failed or refused under is spent: the
 * provider would answer the same to it for a day. Before the next key is used, the provider is asked what came of the last.
 */
@Injectable()
export class ProviderOperations {
  constructor(
    private readonly operations: Operations,
    private readonly clock: Clock,
  ) {}

  /**
   * @param lookUp what came of earlier attempts, begun at that time: undefined when nothing did
   * @throws ProviderUnavailable, ProviderRefused
   */
  async perform<T>(
    operation: Operation,
    call: (key: string) => Promise<T>,
    lookUp: (begunAt: Date) => Promise<T | undefined> = async () => undefined,
  ): Promise<T> {
    const { name } = operation;
    const { spent, begunAt } = await this.operations.begin(operation, this.clock.now());
    try {
      const happened = spent > 0 ? await lookUp(begunAt) : undefined;
      const outcome = happened ?? (await call(keyOf(name, spent)));
      this.operations.end(name, happened === undefined ? 'done' : 'found done', this.clock.now());
      return outcome;
    } catch (error) {
      // Not written, the same key is answered the same, and then it is.
      if (error instanceof ProviderFailed || error instanceof ProviderRefused)
        await this.operations.spend(name, spent + 1).catch(() => undefined);
      this.operations.end(name, `${(error as Error).constructor.name}: ${(error as Error).message}`, this.clock.now());
      throw error;
    }
  }
}

const keyOf = (name: string, spent: number): string => (spent === 0 ? name : `${name}:again:${spent}`);
