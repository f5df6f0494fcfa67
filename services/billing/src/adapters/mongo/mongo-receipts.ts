import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { ReceiptContent } from '../../domain/receipt.js';
import { Receipts } from '../../domain/receipts.js';
import { ReceiptRecord } from './schemas.js';

@Injectable()
export class MongoReceipts extends Receipts {
  constructor(@InjectModel(ReceiptRecord.name) private readonly receipts: Model<ReceiptRecord>) {
    super();
  }

  async add(content: ReceiptContent): Promise<boolean> {
    const receipt = { _id: content.number, chargeId: content.paymentId, content };
    try {
      await this.receipts.collection.insertOne(receipt as never, { writeConcern: { w: 'majority', j: true } });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async highestNumber(prefix: string): Promise<string | undefined> {
    const [record] = await this.receipts
      .find({ _id: { $gte: prefix, $lt: `${prefix}~` } }, { _id: 1 })
      .sort({ _id: -1 })
      .limit(1)
      .lean<Pick<ReceiptRecord, '_id'>[]>();
    return record?._id;
  }

  async ofPayment(paymentId: string): Promise<{ content: ReceiptContent; pdf?: Buffer } | undefined> {
    const record = await this.receipts.findOne({ chargeId: paymentId }).lean<ReceiptRecord>();
    if (!record) return undefined;
    // A driver gives binary data in its own wrapping.
    const pdf = record.pdf && Buffer.from((record.pdf as unknown as { buffer: Uint8Array }).buffer ?? record.pdf);
    return { content: record.content, ...(pdf && { pdf }) };
  }

  async keep(number: string, pdf: Buffer): Promise<void> {
    await this.receipts.collection.updateOne({ _id: number as never, pdf: { $exists: false } }, { $set: { pdf } });
  }
}
