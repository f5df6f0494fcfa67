import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Seals } from '@medflow/sealing';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { Entry, EntryContent, EntryKind, EntryState, Provenance } from '../../domain/entry.js';
import { ConcurrentChange, NotFound } from '../../domain/errors.js';
import { Entries, type EntryFilter, type EntryPage, type PlacedEntry } from '../../domain/record.js';
import type { Measure } from '../../domain/vitals.js';
import { beginningsOf, folded, lookedUp, wordsOf } from '../../domain/words.js';
import { UnitOfWork } from '../../domain/unit-of-work.js';
import { FactLog } from '../fact-log.js';
import { RecordHeads } from './record-heads.js';
import { EntryRecord, EntryVersionRecord } from './schemas.js';

/** What is sealed of a version. */
interface Sealed {
  readonly content: EntryContent;
  readonly reason?: string;
  readonly provenance?: Omit<Provenance, 'importedAt'> & { readonly importedAt: string };
}

/** Positions that are looked through for a page, ever more where few of them match. */
const FIRST_SPAN = 64;
const SPAN_GROWTH = 8;
/** Rows that are opened at a time, to find out whether they hold the words. */
const SEARCHED = 200;
const BATCH = 500;

const placeOf = (entryId: string, version: number) => `entries|${entryId}|${version}`;

/** All that somebody might search an entry by. */
function textOf(content: EntryContent): string {
  const parts = [content.label, content.code?.code, content.note];
  if (content.kind === 'prescription') parts.push(...content.items.map(({ label }) => label));
  if (content.kind === 'certificate') parts.push(content.text);
  return parts.filter(Boolean).join(' ');
}

@Injectable()
export class MongoEntries extends Entries {
  constructor(
    @InjectModel(EntryRecord.name) private readonly entries: Model<EntryRecord>,
    @InjectModel(EntryVersionRecord.name) private readonly past: Model<EntryVersionRecord>,
    private readonly heads: RecordHeads,
    private readonly seals: Seals,
    private readonly facts: FactLog,
    private readonly work: UnitOfWork,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async save({ state, savedVersion }: Entry): Promise<void> {
    const version = await this.sealed(state);
    const found = await this.foundBy(state);
    const { id, patientId } = state;
    await this.work.run(patientId, async () => {
      const { session } = this.transactions;
      if (savedVersion === 0) {
        const position = (await this.heads.forWriting(patientId)).entries + 1;
        await this.heads.set(patientId, { entries: position });
        const kind = state.content.kind;
        await this.entries.collection.insertOne({ _id: id, position, kind, ...version, ...found } as never, {
          session,
        });
      } else {
        const { matchedCount } = await this.entries.collection.updateOne(
          { _id: id as never, version: savedVersion },
          { $set: { ...version, ...found } },
          { session },
        );
        if (matchedCount === 0) throw new ConcurrentChange(`entry ${id} is not at version ${savedVersion}`);
      }
      await this.keepVersion({ _id: `${id}|${state.version}`, entryId: id, ...version });
      await this.facts.entryWritten(state);
    });
  }

  async find(patientId: string, id: string): Promise<EntryState> {
    const record = await this.entries
      .findOne({ _id: id, patientId })
      .session(this.transactions.session ?? null)
      .lean<EntryRecord>();
    if (!record) throw new NotFound(`entry ${id}`);
    return this.opened(record._id, record);
  }

  async versions(patientId: string, id: string): Promise<EntryState[]> {
    const records = await this.past.find({ entryId: id }).lean<EntryVersionRecord[]>();
    const own = records.filter((record) => record.patientId === patientId).sort((a, b) => b.version - a.version);
    if (own.length === 0) throw new NotFound(`entry ${id}`);
    return Promise.all(own.map((record) => this.opened(id, record)));
  }

  async list(patientId: string, { kind, q }: EntryFilter, page: EntryPage): Promise<PlacedEntry[]> {
    const words = q === undefined ? [] : lookedUp(q);
    if (q !== undefined && words.length === 0) return [];
    if (words.length > 0) return this.search(patientId, kind, q!, words, page);
    const records = await this.newest({ patientId, ...(kind && { kind }) }, {}, page.limit + 1, page.before);
    return this.placed(records);
  }

  async standing(patientId: string, kinds: readonly EntryKind[], limit: number): Promise<EntryState[]> {
    const lists = await Promise.all(kinds.map((kind) => this.newest({ patientId, kind }, { withdrawn: false }, limit)));
    const records = lists.flat().sort((a, b) => b.position - a.position);
    return Promise.all(records.slice(0, limit).map((record) => this.opened(record._id, record)));
  }

  async vitals(patientId: string, measure: Measure, limit: number): Promise<EntryState[]> {
    const blind = await this.seals.blindIndex(patientId, 'measures');
    const records = await this.newest({ patientId, measure: blind(measure) }, { withdrawn: false }, limit);
    return Promise.all(records.map((record) => this.opened(record._id, record)));
  }

  async *all(patientId: string): AsyncIterable<EntryState> {
    const { entries } = (await this.heads.of(patientId)) ?? { entries: 0 };
    for (let after = 0; after < entries; after += BATCH) {
      const records = await this.entries
        .find({ patientId, position: { $gt: after, $lte: after + BATCH } })
        .sort({ position: 1 })
        .lean<EntryRecord[]>();
      for (const record of records) yield this.opened(record._id, record);
    }
  }

  /**
   * The newest of these, by windows of positions: a database that does not sort by its index would sort all that the
   * record ever held.
   */
  private async newest(
    equal: { patientId: string; kind?: EntryKind; measure?: string },
    also: { withdrawn?: boolean },
    limit: number,
    before?: number,
  ): Promise<EntryRecord[]> {
    const found: EntryRecord[] = [];
    let end = before ?? ((await this.heads.of(equal.patientId))?.entries ?? 0) + 1;
    for (let span = Math.max(FIRST_SPAN, limit); end > 1 && found.length < limit; span *= SPAN_GROWTH) {
      const start = Math.max(1, end - span);
      const records = await this.entries.collection
        .aggregate<EntryRecord>([
          { $match: { ...equal, position: { $gte: start, $lt: end } } },
          ...Object.entries(also).map(([name, value]) => ({ $match: { [name]: value } })),
          { $sort: { position: -1 } },
          { $limit: limit - found.length },
        ])
        .toArray();
      found.push(...records);
      end = start;
    }
    return found;
  }

  /** The index knows the beginnings of words; whether the words go on as asked is seen once an entry is opened. */
  private async search(
    patientId: string,
    kind: EntryKind | undefined,
    q: string,
    words: readonly string[],
    { limit, before }: EntryPage,
  ): Promise<PlacedEntry[]> {
    const blind = await this.seals.blindIndex(patientId, 'words');
    const [first, ...others] = words.map(blind);
    const asked = wordsOf(q);
    const found: PlacedEntry[] = [];
    for (let end = before; found.length <= limit;) {
      const records = await this.entries.collection
        .aggregate<EntryRecord>([
          { $match: { patientId, words: first } },
          ...others.map((word) => ({ $match: { words: word } })),
          ...(kind ? [{ $match: { kind } }] : []),
          ...(end === undefined ? [] : [{ $match: { position: { $lt: end } } }]),
          { $sort: { position: -1 } },
          { $limit: SEARCHED },
        ])
        .toArray();
      const opened = await this.placed(records);
      found.push(...opened.filter(({ state }) => holds(state.content, asked)));
      if (records.length < SEARCHED) break;
      end = records.at(-1)!.position;
    }
    return found.slice(0, limit + 1);
  }

  private placed(records: readonly EntryRecord[]): Promise<PlacedEntry[]> {
    return Promise.all(
      records.map(async (record) => ({ position: record.position, state: await this.opened(record._id, record) })),
    );
  }

  private async foundBy({ patientId, content }: EntryState): Promise<Pick<EntryRecord, 'words' | 'measure'>> {
    const blindWord = await this.seals.blindIndex(patientId, 'words');
    const words = beginningsOf(textOf(content)).map(blindWord);
    if (content.kind !== 'vital') return { words };
    return { words, measure: (await this.seals.blindIndex(patientId, 'measures'))(content.measure) };
  }

  private async sealed({ id, patientId, content, reason, provenance, ...state }: EntryState) {
    const { author, recordedAt, createdAt, version, withdrawn = false } = state;
    const sealed = await this.seals.sealJson(patientId, placeOf(id, version), { content, reason, provenance });
    return { patientId, author, recordedAt, createdAt, version, withdrawn, sealed: sealed as never };
  }

  private async opened(
    id: string,
    { patientId, author, recordedAt, createdAt, version, withdrawn, sealed }: EntryRecord | EntryVersionRecord,
  ): Promise<EntryState> {
    const place = placeOf(id, version);
    const { content, reason, provenance } = await this.seals.openJson<Sealed>(patientId, place, sealed);
    return {
      id,
      patientId,
      content,
      author,
      recordedAt,
      createdAt,
      version,
      ...(reason !== undefined && { reason }),
      ...(withdrawn && { withdrawn }),
      ...(provenance && { provenance: { ...provenance, importedAt: new Date(provenance.importedAt) } }),
    };
  }

  private async keepVersion(record: EntryVersionRecord): Promise<void> {
    try {
      await this.past.collection.insertOne(record as never, { session: this.transactions.session });
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConcurrentChange(record._id);
      throw error;
    }
  }
}

const holds = (content: EntryContent, asked: readonly string[]): boolean => {
  const words = wordsOf(folded(textOf(content)));
  return asked.every((begin) => words.some((word) => word.startsWith(begin)));
};
