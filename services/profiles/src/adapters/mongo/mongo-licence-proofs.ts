import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import { type Model, mongo } from 'mongoose';
import { type LicenceProofChange, LicenceProofs } from '../../domain/licence-proof.js';
import { type LicenceProofDocument, LicenceProofRecord } from './schemas.js';

@Injectable()
export class MongoLicenceProofs extends LicenceProofs {
  private readonly files: mongo.Collection<LicenceProofDocument>;

  constructor(
    @InjectModel(LicenceProofRecord.name) model: Model<LicenceProofRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
    this.files = model.collection as unknown as mongo.Collection<LicenceProofDocument>;
  }

  async content(id: string): Promise<Uint8Array | undefined> {
    return (await this.files.findOne({ _id: id }))?.content.buffer;
  }

  /** In the ambient transaction. */
  async apply({ added, removed }: LicenceProofChange): Promise<void> {
    const { session } = this.transactions;
    if (added) {
      const { id: _id, doctorId, content } = added;
      await this.files.insertOne({ _id, doctorId, content: new mongo.Binary(content) }, { session });
    }
    if (removed !== undefined) await this.files.deleteOne({ _id: removed }, { session });
  }
}
