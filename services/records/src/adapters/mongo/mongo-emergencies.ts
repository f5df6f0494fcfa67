import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { KeyDestroyed, Seals } from '@medflow/sealing';
import { MongoTransactions } from '@medflow/service-kit';
import { mongo, type Model } from 'mongoose';
import { type EmergencyAccess, EmergencyAccesses, type EmergencyPage } from '../../domain/emergency.js';
import { AlreadyReviewed, NotFound } from '../../domain/errors.js';
import { FactLog } from '../fact-log.js';
import { EmergencyRecord } from './schemas.js';

const placeOf = (id: string, field: 'reason' | 'comment') => `emergency_accesses|${id}|${field}`;

@Injectable()
export class MongoEmergencies extends EmergencyAccesses {
  constructor(
    @InjectModel(EmergencyRecord.name) private readonly accesses: Model<EmergencyRecord>,
    private readonly seals: Seals,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async open({ id, reason, ...access }: EmergencyAccess): Promise<void> {
    const sealed = await this.seals.seal(access.patientId, placeOf(id, 'reason'), reason);
    const record = { _id: id, ...access, reason: new mongo.Binary(sealed), reviewed: false };
    await this.transactions.run(async () => {
      await this.accesses.collection.insertOne(record as never, { session: this.transactions.session });
      await this.facts.emergencyOpened({ id, ...access });
    });
  }

  async current(doctorId: string, patientId: string, now: Date): Promise<EmergencyAccess | undefined> {
    const record = await this.accesses.findOne({ doctorId, patientId, until: { $gt: now } }).lean<EmergencyRecord>();
    return record ? this.opened(record) : undefined;
  }

  async find(id: string): Promise<EmergencyAccess> {
    const record = await this.accesses.findById(id).lean<EmergencyRecord>();
    if (!record) throw new NotFound(`emergency access ${id}`);
    return this.opened(record);
  }

  async saveReview({ id, patientId, review }: EmergencyAccess): Promise<void> {
    const { comment, ...judged } = review!;
    const sealed =
      comment === undefined ? undefined : await this.seals.seal(patientId, placeOf(id, 'comment'), comment);
    const { matchedCount } = await this.accesses.collection.updateOne(
      { _id: id as never, reviewed: false },
      { $set: { reviewed: true, review: judged, ...(sealed && { comment: new mongo.Binary(sealed) }) } as never },
    );
    if (matchedCount === 0) throw new AlreadyReviewed(id);
  }

  async list(reviewed: boolean, { limit, after }: EmergencyPage): Promise<EmergencyAccess[]> {
    const records = await this.accesses.collection
      .aggregate<EmergencyRecord>([
        { $match: { reviewed, ...(after && { openedAt: { $gte: after.at } }) } },
        ...(after ? [{ $match: { $or: [{ openedAt: { $gt: after.at } }, { _id: { $gt: after.id } }] } }] : []),
        { $sort: { openedAt: 1, _id: 1 } },
        { $limit: limit + 1 },
      ])
      .toArray();
    return Promise.all(records.map((record) => this.opened(record)));
  }

  private async opened({ _id: id, patientId, doctorId, openedAt, until, ...record }: EmergencyRecord) {
    const words = async (field: 'reason' | 'comment') => {
      try {
        return (await this.seals.open(patientId, placeOf(id, field), record[field]!)).toString('utf8');
      } catch (error) {
        // The record was erased, and with it what was said of it.
        if (error instanceof KeyDestroyed) return '';
        throw error;
      }
    };
    return {
      id,
      patientId,
      doctorId,
      reason: await words('reason'),
      openedAt,
      until,
      ...(record.review && {
        review: { ...record.review, ...(record.comment && { comment: await words('comment') }) },
      }),
    };
  }
}
