import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { RecordHead } from './schemas.js';

/** The one document of each patient by which writers to the record and to its log wait for one another. */
@Injectable()
export class RecordHeads {
  constructor(
    @InjectModel(RecordHead.name) readonly heads: Model<RecordHead>,
    private readonly transactions: MongoTransactions,
  ) {}

  /** Outside of any transaction: an upsert inside would fail where two come first at once. */
  async prepare(patientId: string): Promise<void> {
    await this.heads.collection.updateOne(
      { _id: patientId as never },
      { $setOnInsert: { entries: 0, lines: 0, lastHash: '' } },
      { upsert: true },
    );
  }

  /** Made where there is none: a transaction that could not see it begins again. */
  async forWriting(patientId: string): Promise<RecordHead> {
    const head = await this.of(patientId);
    if (head) return head;
    await this.prepare(patientId);
    this.transactions.beginAgain();
    return (await this.of(patientId))!;
  }

  /** Undefined before anything was written to it. */
  async of(patientId: string): Promise<RecordHead | undefined> {
    const { session } = this.transactions;
    const head = await this.heads.collection.findOne({ _id: patientId as never }, { session });
    return (head as unknown as RecordHead | null) ?? undefined;
  }

  async set(patientId: string, change: Partial<Omit<RecordHead, '_id'>>): Promise<void> {
    const { session } = this.transactions;
    await this.heads.collection.updateOne({ _id: patientId as never }, { $set: change }, { session });
  }
}
