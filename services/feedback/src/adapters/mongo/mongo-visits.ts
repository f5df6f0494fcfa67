import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type Visit, Visits } from '../../domain/visit.js';
import { FactLog } from '../fact-log.js';
import { VisitRecord } from './schemas.js';

export const toVisit = ({ _id, doctorId, patientId, startsAt, status, sequence }: VisitRecord): Visit => ({
  appointmentId: _id,
  doctorId,
  patientId,
  startsAt,
  status,
  sequence,
});

@Injectable()
export class MongoVisits extends Visits {
  constructor(
    @InjectModel(VisitRecord.name) private readonly visits: Model<VisitRecord>,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async follow({ appointmentId, ...word }: Visit, invitesAt?: Date): Promise<void> {
    const { session } = this.transactions;
    const filter = { _id: appointmentId as never };
    const unheard = { ...word, status: 'requested', sequence: -1 };
    await this.visits.collection.updateOne(filter, { $setOnInsert: unheard }, { upsert: true, session });
    await this.visits.collection.updateOne(
      { ...filter, sequence: { $lt: word.sequence } },
      {
        $set: {
          ...word,
          ...(word.status === 'completed' && { toRate: true }),
          ...(invitesAt && { inviteAt: invitesAt }),
        },
      },
      { session },
    );
  }

  async find(appointmentId: string): Promise<Visit | undefined> {
    const record = await this.visits.findById(appointmentId).lean<VisitRecord>();
    return record ? toVisit(record) : undefined;
  }

  async toRate(patientId: string, limit: number): Promise<Visit[]> {
    const records = await this.visits
      .find({ patientId, toRate: true })
      .sort({ startsAt: -1, _id: -1 })
      .limit(limit)
      .lean<VisitRecord[]>();
    return records.map(toVisit);
  }

  async uninvited(now: Date, limit: number): Promise<Visit[]> {
    const records = await this.visits
      .find({ inviteAt: { $lte: now } })
      .sort({ inviteAt: 1 })
      .limit(limit)
      .lean<VisitRecord[]>();
    return records.map(toVisit);
  }

  async invite(visit: Visit, now: Date): Promise<boolean> {
    return this.transactions.run(async () => {
      const { matchedCount } = await this.visits.collection.updateOne(
        { _id: visit.appointmentId as never, inviteAt: { $lte: now } },
        { $unset: { inviteAt: '' }, $set: { invitedAt: now } },
        { session: this.transactions.session },
      );
      if (matchedCount === 1) await this.facts.invited(visit, now);
      return matchedCount === 1;
    });
  }

  /** Within the transaction of the review: nobody is asked for it any more. */
  async rated(appointmentId: string, reviewId: string): Promise<void> {
    await this.visits.collection.updateOne(
      { _id: appointmentId as never },
      { $set: { reviewId }, $unset: { toRate: '', inviteAt: '' } },
      { session: this.transactions.session },
    );
  }
}
