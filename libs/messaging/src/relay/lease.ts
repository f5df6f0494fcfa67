import { v7 as uuidv7 } from 'uuid';
import type { ClientSession, Db } from '../mongo.js';

interface LeaseRow {
  /** The main part, or the replica whose own rows they are. */
  _id: string;
  holder: string;
  /** Grows with every change of holder: what a former holder tries is recognised by its older epoch. */
  epoch: number;
  until: Date;
}

const MAIN = 'relay';

/**
 * Who was killed while it marked rows keeps its lease locked until the database ends its transaction: MongoDB within a
 * minute (`transactionLifetimeLimitSeconds`), SecantusDB when after that minute somebody begins another one.
 */
const LOCKED_MS = 1_000;
/** MaxTimeMSExpired */
const EXPIRED = 50;
/** How long the main lease is left alone once it was found locked. */
const TRY_LOCKED_AGAIN_MS = 10_000;

/** The lease went to another relay: whatever this one still intended must not happen. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

export interface LeaseOptions {
  durationMs: number;
  /** No other process runs this service. */
  sole?: boolean;
  /** It became the main one: rows that another left are its own now. */
  becameMain?: () => void;
  /** The main one is locked by who holds it no more. */
  foundLocked?: () => Promise<void>;
}

/**
 * Which rows of an outbox this replica publishes. Each replica publishes its own; the one that holds the main lease also
 * those of replicas that are gone, and of tools. Correctness rests on the epoch, which every claim and every mark is
 * conditional on; the clock only decides when a successor tries.
 */
export class RelayLease {
  /** Names this replica, and in the outbox its rows. */
  readonly replica = uuidv7();
  /** Which of both it holds: that of its own rows, or the main one. */
  private id = MAIN;
  private epoch = 0;
  private until = 0;
  private tryMainAt = 0;
  /** The main one is left alone until then. */
  private lockedUntil = 0;
  private others: string[] = [];
  private othersReadAt = -Infinity;
  held = false;

  constructor(
    private readonly db: () => Db,
    private readonly options: LeaseOptions,
  ) {}

  get isMain(): boolean {
    return this.held && this.id === MAIN;
  }

  private get rows() {
    return this.db().collection<LeaseRow>('relay_lease');
  }

  /** Claims or extends the lease; mostly without a round trip. */
  async hold(): Promise<boolean> {
    if (!this.isMain && (await this.tryMain())) return true;
    if (this.held && this.until - Date.now() > this.options.durationMs / 4) return true;
    if (this.held && (await this.extend())) return true;
    return (await this.acquire(MAIN)) || this.acquire(this.replica);
  }

  /**
   * Extends the lease inside the transaction of a mark.
   * @throws Deposed when another relay holds it: the transaction must not commit.
   */
  async assertIn(session: ClientSession): Promise<void> {
    if (!(await this.extend(session))) throw new Deposed();
  }

  /** A filter for the rows that are this relay's to publish. */
  async mine(): Promise<object> {
    if (!this.isMain) return { relay: this.replica };
    if (!this.options.sole && performance.now() - this.othersReadAt >= this.options.durationMs) await this.readOthers();
    return this.others.length > 0 ? { relay: { $nin: this.others } } : {};
  }

  /** Lets the next relay start at once. */
  async release(): Promise<void> {
    if (!this.held) return;
    this.held = false;
    const ours = { _id: this.id, holder: this.replica, epoch: this.epoch };
    if (this.id === MAIN) await this.rows.updateOne(ours, { $set: { until: new Date(0) } });
    else await this.rows.deleteOne(ours);
  }

  private async leaveAlone(): Promise<void> {
    this.lockedUntil = Date.now() + TRY_LOCKED_AGAIN_MS;
    await this.options.foundLocked?.();
  }

  private async tryMain(): Promise<boolean> {
    const now = Date.now();
    if (!this.held || now < this.tryMainAt) return false;
    this.tryMainAt = now + this.options.durationMs / 5;
    return this.acquire(MAIN);
  }

  private async extend(session?: ClientSession): Promise<boolean> {
    const until = Date.now() + this.options.durationMs;
    const { matchedCount } = await this.rows.updateOne(
      { _id: this.id, holder: this.replica, epoch: this.epoch },
      { $set: { until: new Date(until) } },
      { session },
    );
    this.held = matchedCount === 1;
    if (this.held) this.until = until;
    return this.held;
  }

  private async acquire(id: string): Promise<boolean> {
    const now = Date.now();
    if (id === MAIN && now < this.lockedUntil) return false;
    const until = now + this.options.durationMs;
    try {
      const row = await this.rows.findOneAndUpdate(
        { _id: id, until: { $lte: new Date(now) } },
        { $set: { holder: this.replica, until: new Date(until) }, $inc: { epoch: 1 } },
        { upsert: true, returnDocument: 'after', maxTimeMS: LOCKED_MS },
      );
      if (!row) return false;
      // The main one comprises it.
      if (this.isOwnHeld) await this.rows.deleteOne({ _id: this.replica, holder: this.replica });
      Object.assign(this, { id, epoch: row.epoch, until, held: true, othersReadAt: -Infinity });
      if (id === MAIN) this.options.becameMain?.();
      return true;
    } catch (error) {
      if (isLocked(error)) await this.leaveAlone();
      // Somebody holds it: the upsert then collides with the existing row.
      else if ((error as { code?: number }).code !== 11000) throw error;
      return false;
    }
  }

  private get isOwnHeld(): boolean {
    return this.held && this.id !== MAIN;
  }

  /** Who gave no sign of life in time loses the lease, and whatever it does under it is void. */
  private async readOthers(): Promise<void> {
    const now = new Date();
    const leases = await this.rows.find({ _id: { $ne: MAIN } }).toArray();
    const others = leases.filter(({ until }) => until > now);
    for (const lease of leases) if (lease.until <= now && !(await this.end(lease, now))) others.push(lease);
    this.others = others.map(({ _id }) => _id);
    this.othersReadAt = performance.now();
  }

  /** @returns false where it is locked: what its holder began may be committed still */
  private async end({ _id, epoch }: LeaseRow, now: Date): Promise<boolean> {
    try {
      await this.rows.deleteOne({ _id, epoch, until: { $lte: now } }, { maxTimeMS: LOCKED_MS });
      return true;
    } catch (error) {
      if (!isLocked(error)) throw error;
      return false;
    }
  }
}

const isLocked = (error: unknown): boolean => (error as { code?: number }).code === EXPIRED;
