import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { valueAt } from '../value-at.js';

/** Where a document keeps when it is due, whose turn it is and how often it was tried. */
export interface WorkFields {
  readonly dueAt: string;
  /** Until when it is claimed or put off, where its due date says something else as well and stays. Default: the due date. */
  readonly lease?: string;
  readonly claim: string;
  /** Default: nobody counts. */
  readonly attempts?: string;
}

const ownFields: WorkFields = { dueAt: 'dueAt', claim: 'claim', attempts: 'attempts' };

export interface WorkListOptions {
  readonly fields?: WorkFields;
  /** What a document that waits must be besides. */
  readonly where?: object;
  /** Documents with the same value of this field are claimed together, also beyond the limit. */
  readonly together?: string;
  /** … and so are the first `most` others with the same value of that one. */
  readonly beside?: { readonly field: string; readonly most: number };
  /**
   * Thousands may wait for later: when the next of them is due is looked for only where nothing is due now, since that look
   * may cost as much as all that wait. Default: one look tells both.
   */
  readonly isLong?: boolean;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

export interface Repetition {
  /** Written with it. */
  readonly set?: object;
  /** Of the transaction that it is part of. */
  readonly session?: mongo.ClientSession;
}

/** What one replica does until its lease ends. */
export interface Claimed<Row> {
  /** Names the turn: what is written under it has no effect once somebody else has claimed the document. */
  readonly claim: string;
  readonly rows: readonly Row[];
  /** When there is something to claim next, as far as was seen; of a long list, nothing is seen where rows were claimed. */
  readonly next: Date | undefined;
}

/** Earlier than anything is due; leaves out what has no date. */
const EVER = new Date(0);
/** How far replicas that met at the front of the list stand apart afterwards, in claims. */
const SPREAD = 4;

/**
 * Documents of a collection that wait for their time, worked off by all replicas together. A replica claims as many as it
 * can do at a time; what it has not finished when its lease ends, because it crashed, is due for everybody again.
 * The due date needs an index; so do the claim and the fields by which documents are claimed together.
 */
export class WorkList<Row extends { _id: string }> {
  private readonly fields: WorkFields;
  private readonly random: () => number;
  /** Somebody else claimed what this replica wanted: it looks further down the list next time. */
  private contended = false;

  constructor(
    private readonly collection: () => mongo.Collection<Row>,
    private readonly options: WorkListOptions = {},
  ) {
    this.fields = options.fields ?? ownFields;
    this.random = options.random ?? Math.random;
  }

  /** @param until end of the lease @param limit documents, at least 1 */
  async claim(now: Date, until: Date, limit: number): Promise<Claimed<Row>> {
    const skip = this.contended ? Math.floor(this.random() * SPREAD) * limit : 0;
    const found = await this.waiting(now, skip, limit);
    const due = found.filter((row) => row.dueAt <= now);
    const claim = randomUUID();
    if (due.length === 0) {
      this.contended = false;
      // Nothing so far down: what others left is at the front.
      return skip > 0 ? this.claim(now, until, limit) : { claim, rows: [], next: found[0]?.dueAt };
    }
    const wanted = due.slice(0, limit);
    const { taken, isWhole } = await this.markClaimed(wanted, { claim, now, until });
    this.contended = !isWhole;
    const rows = taken === 0 ? [] : await this.ofClaim(claim, wanted);
    const isMore = skip > 0 || due.length > limit || this.contended;
    return { claim, rows, next: isMore ? now : found[due.length]?.dueAt };
  }

  /** Done with: the documents go, whoever's turn it is. */
  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.rows.deleteMany(only({ _id: { $in: [...ids] } }));
  }

  /** Done with for now: the documents stay and wait for nothing. */
  finish(claim: string, ids: readonly string[], set?: object): Promise<void> {
    return this.end(claim, ids, { ...(set && { $set: set }), $unset: { [this.until]: '', ...this.counted('') } });
  }

  /** To be tried again, by anybody. */
  postpone(claim: string, ids: readonly string[], until: Date, set: object = {}): Promise<void> {
    return this.end(claim, ids, { $set: { ...set, [this.until]: until } });
  }

  /** Not tried: counts as no attempt. */
  release(claim: string, ids: readonly string[], dueAt: Date, set: object = {}): Promise<void> {
    return this.end(claim, ids, { $set: { ...set, [this.until]: dueAt }, $inc: this.counted(-1) });
  }

  /**
   * Done with for now, and due again at that time: counts from the first attempt.
   * @returns whether it was this turn's still
   */
  async repeat(claim: string, id: string, dueAt: Date, { set = {}, session }: Repetition = {}): Promise<boolean> {
    const change = {
      $set: { ...set, [this.until]: dueAt },
      $unset: { [this.fields.claim]: '', ...this.counted('') },
    };
    const { matchedCount } = await this.rows.updateOne(this.stillOf(claim, [id]), change as never, { session });
    return matchedCount === 1;
  }

  /** Due from that time on at the latest, also what somebody has claimed: it is done anew, and that turn is over. */
  async demand(ids: readonly string[], dueAt: Date): Promise<void> {
    const { dueAt: at, claim } = this.fields;
    // What has no date is neither earlier nor later.
    const later = { [at]: { $not: { $lte: dueAt } } };
    await this.changeEach(ids, later, { $set: { [at]: dueAt }, $unset: { [claim]: '' } });
  }

  /** Changes documents that are still this turn's. */
  async update(claim: string, ids: readonly string[], set: object): Promise<void> {
    await this.changeEach(ids, { [this.fields.claim]: claim }, { $set: set });
  }

  private get rows(): mongo.Collection<Row> {
    return this.collection();
  }

  private get until(): string {
    return this.fields.lease ?? this.fields.dueAt;
  }

  private counted<T>(change: T): Record<string, T> {
    const { attempts } = this.fields;
    return attempts === undefined ? {} : { [attempts]: change };
  }

  /** Nobody has claimed it. */
  private free(now: Date): object {
    const { lease } = this.fields;
    return { ...this.options.where, ...(lease !== undefined && { [lease]: { $not: { $gt: now } } }) };
  }

  /** The first of the list and one more, so that it is seen when the next is due. */
  private async waiting(now: Date, skip: number, limit: number): Promise<Waiting[]> {
    if (!this.options.isLong) return this.first(now, { $gte: EVER }, skip, limit + 1);
    const due = await this.first(now, { $lte: now }, skip, limit + 1);
    return due.length > 0 || skip > 0 ? due : this.first(now, { $gt: now }, 0, 1);
  }

  private async first(now: Date, within: object, skip: number, limit: number): Promise<Waiting[]> {
    const { dueAt } = this.fields;
    const found = await this.rows
      .find(only({ ...this.free(now), [dueAt]: within }), { projection: this.looks })
      .sort({ [dueAt]: 1 })
      .skip(skip)
      .limit(limit)
      .toArray();
    return this.seen(found);
  }

  /** @returns how many it got, and whether it got all that it wanted */
  private async markClaimed(wanted: readonly Waiting[], turn: { claim: string; now: Date; until: Date }) {
    const { dueAt, claim } = this.fields;
    // What another replica was quicker to claim is no longer due.
    const isDue = { ...this.free(turn.now), [dueAt]: { $lte: turn.now } };
    const change: Changes = {
      $set: { [claim]: turn.claim, [this.until]: turn.until },
      ...(this.fields.attempts !== undefined && { $inc: this.counted(1) }),
    };
    const ids = new Set(wanted.map(({ id }) => id));
    for (const id of await this.sharing(wanted, isDue)) ids.add(id);
    const taken = await this.changeEach([...ids], isDue, change);
    return { taken, isWhole: taken === ids.size };
  }

  /** What is claimed with the wanted ones. What belongs together does so also where it came in beside them. */
  private async sharing(wanted: readonly Waiting[], isDue: object): Promise<string[]> {
    const { together, beside } = this.options;
    const others = beside
      ? await this.dueWith(
          beside.field,
          wanted.map((one) => one.beside),
          isDue,
          beside.most,
        )
      : [];
    if (together === undefined) return others.map(({ id }) => id);
    const groups = [...wanted, ...others].map((one) => one.group);
    return [...others, ...(await this.dueWith(together, groups, isDue))].map(({ id }) => id);
  }

  private async dueWith(field: string, values: readonly unknown[], isDue: object, most = 0): Promise<Waiting[]> {
    const wanted = [...new Set(values.flatMap((value) => value ?? []))];
    if (wanted.length === 0) return [];
    const filter = only<Row>({ ...isDue, [field]: { $in: wanted } });
    return this.seen(await this.rows.find(filter, { projection: this.looks }).limit(most).toArray());
  }

  /** What is looked at before anything is claimed. */
  private get looks(): Record<string, 1> {
    const { together, beside } = this.options;
    const fields = [this.fields.dueAt, together, beside?.field].filter((field) => field !== undefined);
    return Object.fromEntries(fields.map((field) => [field, 1] as const));
  }

  private seen(rows: readonly object[]): Waiting[] {
    const { together, beside } = this.options;
    return rows.map((row) => ({
      id: String((row as Row)._id),
      dueAt: valueAt(row, this.fields.dueAt) as Date,
      group: together && valueAt(row, together),
      beside: beside && valueAt(row, beside.field),
    }));
  }

  /** In the order of the list. By id, which needs no index of claims, unless more are claimed than were wanted. */
  private async ofClaim(claim: string, wanted: readonly Waiting[]): Promise<Row[]> {
    const ids = wanted.map(({ id }) => id);
    const isMore = this.options.together !== undefined || this.options.beside !== undefined;
    const filter = isMore ? only<Row>({ [this.fields.claim]: claim }) : this.stillOf(claim, ids);
    const rows = (await this.rows.find(filter).toArray()) as Row[];
    const place = new Map(ids.map((id, at) => [id, at]));
    const placeOf = ({ _id }: Row) => place.get(_id) ?? ids.length;
    return rows.sort((a, b) => placeOf(a) - placeOf(b));
  }

  private async end(claim: string, ids: readonly string[], change: Changes): Promise<void> {
    const $unset = { ...change.$unset, [this.fields.claim]: '' };
    await this.changeEach(ids, { [this.fields.claim]: claim }, { ...change, $unset });
  }

  /**
   * Each by itself, in one command. An `updateMany` outside of a transaction would have SecantusDB keep the collection while
   * it waits for a transaction that has changed one of the documents, and that may wait for the collection in turn, for ever.
   * Many in a transaction of their own have it stand still as well, as long as letters are queued meanwhile.
   * The id comes first: SecantusDB takes the index of a filter's first field, and all that is due with it.
   * @returns how many it changed
   */
  private async changeEach(ids: readonly string[], which: object, change: Changes): Promise<number> {
    if (ids.length === 0) return 0;
    const changes = ids.map((_id) => ({
      updateOne: { filter: only<Row>({ _id, ...which }), update: change as never },
    }));
    const { modifiedCount } = await this.rows.bulkWrite(changes, { ordered: false });
    return modifiedCount;
  }

  private stillOf(claim: string, ids: readonly string[]): mongo.Filter<Row> {
    return only({ _id: { $in: [...ids] }, [this.fields.claim]: claim });
  }
}

type Changes = Partial<Record<'$set' | '$unset' | '$inc', object>>;

interface Waiting {
  readonly id: string;
  readonly dueAt: Date;
  readonly group?: unknown;
  readonly beside?: unknown;
}

/** Field names come as text, which the driver's types do not follow. */
const only = <Row>(filter: object): mongo.Filter<Row> => filter as mongo.Filter<Row>;
