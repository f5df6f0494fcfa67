import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { ChargeState } from '../../domain/charge-state.js';
import { PaymentProvider } from '../../domain/provider.js';
import type { ReceiptContent } from '../../domain/receipt.js';
import { Receipts } from '../../domain/receipts.js';
import { MongoPeople } from './mongo-people.js';
import { ReceiptRecord } from './schemas.js';

export const ISSUER = Symbol('issuer');
const DIGITS = 6;

@Injectable()
export class MongoReceipts extends Receipts {
  /** The number given last, as far as this process knows. */
  private last: { year: number; value: number } | undefined;
  private issuing: Promise<unknown> = Promise.resolve();

  constructor(
    @InjectModel(ReceiptRecord.name) private readonly receipts: Model<ReceiptRecord>,
    private readonly people: MongoPeople,
    private readonly provider: PaymentProvider,
    private readonly transactions: MongoTransactions,
    @Inject(ISSUER) private readonly issuer: string,
  ) {
    super();
  }

  /**
   * The payment's receipt under the next number of the year (UTC); the same again for a payment that has one. It is
   * issued once money is known to be taken and before the charge says so, outside its transaction: numbers are given one
   * by one, and payments that wait for one another there would stand still under load. None is ever missing: a number
   * exists only as a receipt, and the next is tried only when that one exists.
   */
  issue(charge: ChargeState, now: Date): Promise<string> {
    return this.transactions.outside(async () => {
      const content = await this.contentOf(charge, now);
      const issued = this.issuing.then(() => this.insert(charge.id, content));
      this.issuing = issued.catch(() => undefined);
      return issued;
    });
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

  private async contentOf(charge: ChargeState, issuedAt: Date): Promise<Omit<ReceiptContent, 'number'>> {
    const { patientId, doctorId, startsAt, mode, captured, amount, method, id } = charge;
    const people = await this.people.find([patientId, doctorId]);
    const [patient, doctor] = [people.get(patientId)!, people.get(doctorId)!];
    return {
      issuedAt,
      language: patient.language,
      timeZone: patient.timeZone,
      patient: { firstName: patient.firstName, lastName: patient.lastName },
      doctor: { firstName: doctor.firstName, lastName: doctor.lastName },
      startsAt,
      mode,
      amount: { amount: captured, currency: amount.currency },
      refunded: null,
      method: method ? { brand: method.brand, last4: method.last4 } : null,
      paymentId: id,
      testMode: this.provider.testMode,
      issuer: this.issuer,
    };
  }

  private async insert(chargeId: string, content: Omit<ReceiptContent, 'number'>): Promise<string> {
    const year = content.issuedAt.getUTCFullYear();
    for (;;) {
      const last = this.last?.year === year ? this.last.value : await this.highest(year);
      const number = `${year}-${String(last + 1).padStart(DIGITS, '0')}`;
      try {
        await this.receipts.collection.insertOne({ _id: number, chargeId, content: { ...content, number } } as never, {
          writeConcern: { w: 'majority', j: true },
        });
        this.last = { year, value: last + 1 };
        return number;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const known = await this.receipts.findOne({ chargeId }, { _id: 1 }).lean<Pick<ReceiptRecord, '_id'>>();
        if (known) return known._id;
        // Another replica was faster, perhaps by many.
        this.last = { year, value: Math.max(last + 1, await this.highest(year)) };
      }
    }
  }

  private async highest(year: number): Promise<number> {
    const [record] = await this.receipts
      .find({ _id: { $gte: `${year}-`, $lt: `${year}.` } }, { _id: 1 })
      .sort({ _id: -1 })
      .limit(1)
      .lean<Pick<ReceiptRecord, '_id'>[]>();
    return record ? Number(record._id.slice(`${year}-`.length)) : 0;
  }
}
