import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type ClientSession, type Connection, mongo } from 'mongoose';

interface Ambient {
  session: ClientSession;
  afterCommit: (() => void)[];
}

const ambient = new AsyncLocalStorage<Ambient>();

/**
 * The unit of work: everything awaited inside `run` that uses `session` commits or vanishes together. Nested calls
 * join the outer one. A transient error or an unknown commit result repeats the whole work (MongoDB's callback API),
 * so work must have no effect outside the database; what must follow goes to `afterCommit`.
 */
@Injectable()
export class MongoTransactions {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  get session(): ClientSession | undefined {
    return ambient.getStore()?.session;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (ambient.getStore()) return work();
    const session = this.connection.getClient().startSession();
    const unit: Ambient = { session, afterCommit: [] };
    try {
      const result = await session.withTransaction(
        () => {
          unit.afterCommit = [];
          return ambient.run(unit, work);
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } },
      );
      for (const callback of unit.afterCommit) callback();
      return result;
    } finally {
      await session.endSession();
    }
  }

  /** Work that is no part of the ambient transaction, which it cannot see and does not wait for. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return ambient.exit(work);
  }

  /** Has the whole of the ambient transaction done once more; does nothing where there is none. @throws to that end */
  beginAgain(): void {
    if (!ambient.getStore()) return;
    const again = new mongo.MongoError('the transaction begins again');
    again.addErrorLabel('TransientTransactionError');
    throw again;
  }

  /** Called once, after the ambient transaction committed; at once where there is none. */
  afterCommit(callback: () => void): void {
    const unit = ambient.getStore();
    if (unit) unit.afterCommit.push(callback);
    else callback();
  }
}

/** True for a unique index violation (11000), inside a transaction or out of it. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
}
