import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type ClientSession, type Connection, mongo } from 'mongoose';
import { DatabaseHealth } from './database-health.js';
import { type Write, writeAll } from './write-all.js';
import { CommitUncertain, hasLabel, isLostSocket, isOutage } from './outage.js';

interface Gathered {
  items: unknown[];
  work: (items: never[]) => Promise<void>;
}

interface Ambient {
  session: ClientSession;
  /** What is done before the commit, by who does it. */
  gathered: Map<object, Gathered>;
  /** What is written before the commit, after what is gathered has been done. */
  writes: Write[];
  afterCommit: (() => void)[];
  ended: boolean;
}

const ambient = new AsyncLocalStorage<Ambient>();

/** A timer or listener that was set inside a unit of work may run after its end: it has no part in it. */
function current(): Ambient | undefined {
  const unit = ambient.getStore();
  return unit?.ended ? undefined : unit;
}

const WRITES = { writeConcern: { w: 'majority', j: true } } as const;
const OPTIONS = { ...WRITES, readConcern: { level: 'snapshot' } } as const;
/** Writers that want the same documents try again for as long as MongoDB's own callback API would. */
const CONFLICTS_MS = 120_000;
/** A server that is there but not primary, or a commit whose answer is lost: longer than this and the caller is told. */
const OUTAGE_MS = 5_000;
const WRITE_CONFLICT = 112;
const NO_SUCH_TRANSACTION = 251;
/** LockTimeout, LockBusy, SnapshotTooOld, SnapshotUnavailable: another writer was quicker. */
const CONTENTION: ReadonlySet<unknown> = new Set([WRITE_CONFLICT, NO_SUCH_TRANSACTION, 24, 46, 239, 246]);

/** As MongoDB's driver specification has it: jitter × 5 ms × 1.5 ^ attempt, half a second at most. */
const backOff = (attempt: number) => sleep(Math.random() * Math.min(5 * 1.5 ** attempt, 500));

/**
 * The unit of work: everything awaited inside `run` that uses `session` commits or vanishes together. Nested calls
 * join the outer one. A transient error repeats the whole work, so work must have no effect outside the database; what
 * must follow goes to `afterCommit`.
 *
 * Unlike the driver's `withTransaction`, work is never repeated once its commit was sent and the answer lost: a server
 * that forgot its transactions at a restart would have it done twice, or refused for what it had done itself.
 */
@Injectable()
export class MongoTransactions {
  private readonly abandoned: mongo.ServerSessionId[] = [];

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly health: DatabaseHealth,
  ) {
    health.back.subscribe(() => void this.endAbandoned());
  }

  get session(): ClientSession | undefined {
    return current()?.session;
  }

  /**
   * @param options.reads false for work that only writes: SecantusDB takes no `bulkWrite` as the first command of a snapshot
   * @throws what the work throws; DatabaseUnavailable, CommitUncertain or the driver's error while the database is out
   */
  async run<T>(work: () => Promise<T>, { reads = true } = {}): Promise<T> {
    if (current()) return work();
    const startedAt = Date.now();
    for (let attempt = 1; ; attempt += 1) {
      this.health.check();
      const outcome = await this.once(work, reads ? OPTIONS : WRITES);
      if ('result' in outcome) return outcome.result;
      const { error } = outcome;
      const patienceMs = CONTENTION.has(codeOf(error)) ? CONFLICTS_MS : OUTAGE_MS;
      if (Date.now() - startedAt >= patienceMs) throw error;
      await backOff(attempt);
    }
  }

  /** Work that is no part of the ambient transaction, which it cannot see and does not wait for. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return ambient.exit(work);
  }

  /** Has the whole of the ambient transaction done once more; does nothing where there is none. @throws to that end */
  beginAgain(): void {
    if (!current()) return;
    const again = new mongo.MongoServerError({ message: 'the transaction begins again', code: WRITE_CONFLICT });
    again.addErrorLabel('TransientTransactionError');
    throw again;
  }

  /**
   * Has the work done once for all items that are gathered under the same key until the ambient transaction commits, and
   * as part of it; at once where there is none. Until then nobody reads what it writes.
   */
  async gather<T>(key: object, items: readonly T[], work: (items: T[]) => Promise<void>): Promise<void> {
    const unit = current();
    if (!unit) return work([...items]);
    const gathered = unit.gathered.get(key);
    if (gathered) gathered.items.push(...items);
    else unit.gathered.set(key, { items: [...items], work });
  }

  /**
   * Has the writes done last of all before the ambient transaction commits, in their order and together with others: nobody
   * reads within it what they change. @throws Error outside a transaction
   */
  writeLast(writes: readonly Write[]): void {
    const unit = current();
    if (!unit) throw new Error('writes were left to a transaction that there is not');
    unit.writes.push(...writes);
  }

  /** Called once, after the ambient transaction committed; at once where there is none. */
  afterCommit(callback: () => void): void {
    const unit = current();
    if (unit) unit.afterCommit.push(callback);
    else callback();
  }

  /** One attempt. @returns its result, or the error that says that it may be repeated @throws any other */
  private async once<T>(
    work: () => Promise<T>,
    options: mongo.TransactionOptions,
  ): Promise<{ result: T } | { error: unknown }> {
    const session = this.connection.getClient().startSession();
    const unit: Ambient = { session, gathered: new Map(), writes: [], afterCommit: [], ended: false };
    let result: T;
    try {
      session.startTransaction(options as never);
      result = await ambient.run(unit, async () => {
        const value = await work();
        await doGathered(unit);
        if (unit.writes.length > 0)
          await writeAll(this.connection, session, unit.writes, options === OPTIONS && !hasBegun(session));
        return value;
      });
      const conflict = await this.commit(session);
      if (conflict !== undefined) return { error: conflict };
    } catch (error) {
      if (hasLabel(error, 'TransientTransactionError') || isLostSocket(error)) return { error };
      throw error;
    } finally {
      unit.ended = true;
      // Aborts what was not committed.
      if (this.health.reachable) await session.endSession();
      else this.abandon(session);
    }
    for (const callback of unit.afterCommit) callback();
    return { result };
  }

  /**
   * Nobody waits to abort at a server that is out of reach. One that comes back would keep the locks of such a
   * transaction for a minute (`transactionLifetimeLimitSeconds`), so its session is ended then, and used for nothing else.
   */
  private abandon(session: ClientSession): void {
    session.serverSession.isDirty = true;
    this.abandoned.push(session.serverSession.id);
    session.endSession().catch(() => undefined);
    if (this.health.reachable) void this.endAbandoned();
  }

  private async endAbandoned(): Promise<void> {
    const killSessions = this.abandoned.splice(0);
    if (killSessions.length === 0) return;
    const admin = this.connection.getClient().db('admin');
    await admin.command({ killSessions }).catch(() => this.abandoned.push(...killSessions));
  }

  /**
   * Sends the commit again while its answer is lost: the server remembers what it has committed.
   * @returns the error because of which nothing was committed, if there was one @throws CommitUncertain
   */
  private async commit(session: ClientSession): Promise<unknown> {
    const { losses } = this.health;
    for (let attempt = 1, startedAt = Date.now(); ; attempt += 1) {
      try {
        await session.commitTransaction();
        return undefined;
      } catch (error) {
        // The driver itself sends a commit twice: only while no connection was lost is this the answer to the first.
        const isAnswer = attempt === 1 && this.health.losses === losses;
        if (isAnswer && hasLabel(error, 'TransientTransactionError') && CONTENTION.has(codeOf(error))) return error;
        if (!isOutage(error)) throw error;
        const isUnknown = hasLabel(error, 'UnknownTransactionCommitResult') || isLostSocket(error);
        if (!isUnknown || !this.health.reachable || Date.now() - startedAt >= OUTAGE_MS)
          throw new CommitUncertain('the answer to a commit was lost', { cause: error });
        await backOff(attempt);
      }
    }
  }
}

/** The driver knows, and has no type for it; where it no longer does, nothing is taken to have been asked. */
const hasBegun = (session: ClientSession): boolean =>
  (session as { transaction?: { isStarting?: boolean } }).transaction?.isStarting === false;

/** Work may gather more. */
async function doGathered({ gathered }: Ambient): Promise<void> {
  for (const [key, { items, work }] of gathered) {
    gathered.delete(key);
    await work(items as never[]);
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
