import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { KeyDestroyed, Seals } from '@medflow/sealing';
import { MongoTransactions } from '@medflow/service-kit';
import { mongo, type Model } from 'mongoose';
import {
  type Access,
  type AccessLine,
  AccessLog,
  type BrokenLink,
  type LogPage,
  type Verification,
} from '../../domain/access-log.js';
import { UnitOfWork } from '../../domain/unit-of-work.js';
import { RecordHeads } from './record-heads.js';
import { AccessLineRecord, type RecordHead } from './schemas.js';

/** Whose key signs the chains: of no patient, so that an erased record leaves its log whole. */
const CHAINS = 'installation|access-log';
const PAGE = 500;

const placeOf = ({ patientId, line }: Pick<AccessLineRecord, 'patientId' | 'line'>) =>
  `access_log|${patientId}|${line}|reason`;

type Unsigned = Omit<AccessLineRecord, 'hash'>;

@Injectable()
export class MongoAccessLog extends AccessLog {
  constructor(
    @InjectModel(AccessLineRecord.name) private readonly lines: Model<AccessLineRecord>,
    private readonly heads: RecordHeads,
    private readonly seals: Seals,
    private readonly work: UnitOfWork,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async append(access: Access): Promise<void> {
    await this.work.run(access.patientId, () => this.write(access));
  }

  async list(patientId: string, { limit, before }: LogPage): Promise<AccessLine[]> {
    const end = before ?? ((await this.heads.of(patientId))?.lines ?? 0) + 1;
    const records = await this.lines
      .find({ patientId, line: { $gte: end - limit - 1, $lt: end } })
      .sort({ line: -1 })
      .lean<AccessLineRecord[]>();
    return Promise.all(records.map((record) => this.opened(record)));
  }

  async verify(patientId?: string): Promise<Verification> {
    const key = await this.key();
    const broken: BrokenLink[] = [];
    let patients = 0;
    let lines = 0;
    for await (const head of this.heads.heads
      .find(patientId ? { _id: patientId } : {})
      .lean<RecordHead>()
      .cursor()) {
      patients += 1;
      const fault = await this.firstFault(head as unknown as RecordHead, key);
      lines += head.lines;
      if (fault) broken.push(fault);
    }
    return { patients, lines, broken };
  }

  private async write({ patientId, reason, ...access }: Access): Promise<void> {
    const head = await this.heads.forWriting(patientId);
    const line = head.lines + 1;
    const sealed =
      reason === undefined ? undefined : await this.seals.seal(patientId, placeOf({ patientId, line }), reason);
    const record: Unsigned = {
      _id: `${patientId}|${line}`,
      patientId,
      line,
      ...access,
      ...(sealed && { reason: new mongo.Binary(sealed) }),
    };
    const hash = hashOf(record, head.lastHash, await this.key());
    await this.lines.collection.insertOne({ ...record, hash } as never, { session: this.transactions.session });
    await this.heads.set(patientId, { lines: line, lastHash: hash });
  }

  private async firstFault(head: RecordHead, key: Buffer): Promise<BrokenLink | undefined> {
    const { _id: patientId } = head;
    let last = '';
    let expected = 1;
    for (; expected <= head.lines;) {
      const records = await this.lines
        .find({ patientId, line: { $gte: expected, $lt: expected + PAGE } })
        .sort({ line: 1 })
        .lean<AccessLineRecord[]>();
      for (const record of records) {
        if (record.line !== expected) return { patientId, line: expected, why: 'missing' };
        if (hashOf(record, last, key) !== record.hash) return { patientId, line: expected, why: 'changed' };
        last = record.hash;
        expected += 1;
      }
      if (records.length < PAGE) break;
    }
    if (expected <= head.lines) return { patientId, line: expected, why: 'cut-off' };
    return last === head.lastHash ? undefined : { patientId, line: expected - 1, why: 'changed' };
  }

  private async opened({ _id: _, hash: __, reason, subjectId, ...line }: AccessLineRecord): Promise<AccessLine> {
    return {
      ...line,
      ...(subjectId !== undefined && { subjectId }),
      ...(reason && (await this.reasonOf(line, reason))),
    };
  }

  /** None where the record was erased, and with it what was said of it. */
  private async reasonOf(
    line: Pick<AccessLineRecord, 'patientId' | 'line'>,
    sealed: mongo.Binary,
  ): Promise<{ reason?: string }> {
    try {
      return { reason: (await this.seals.open(line.patientId, placeOf(line), sealed)).toString('utf8') };
    } catch (error) {
      if (error instanceof KeyDestroyed) return {};
      throw error;
    }
  }

  private key(): Promise<Buffer> {
    return this.seals.keyOf(CHAINS);
  }
}

/** A fixed order of fields, so that the same line has the same hash for ever. */
function hashOf(line: Unsigned, before: string, key: Buffer): string {
  const { patientId, line: number, at, actorId, role, action, purpose, subjectId = null, reason } = line;
  const sealed = reason ? Buffer.from(reason.value()).toString('base64') : null;
  const fields = [patientId, number, at.toISOString(), actorId, role, action, purpose, subjectId, sealed, before];
  return createHmac('sha256', key).update(JSON.stringify(fields)).digest('hex');
}
