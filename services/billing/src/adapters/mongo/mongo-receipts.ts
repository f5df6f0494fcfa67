import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { ChargeState } from '../../domain/charge-state.js';
import { PaymentProvider } from '../../domain/provider.js';
import type { ReceiptContent } from '../../domain/receipt.js';
import { Receipts } from '../../domain/receipts.js';
import { MongoPeople } from './mongo-people.js';
import { CounterRecord, ReceiptRecord } from './schemas.js';

export const ISSUER = Symbol('issuer');

@Injectable()
export class MongoReceipts extends Receipts {
  constructor(
    @InjectModel(ReceiptRecord.name) private readonly receipts: Model<ReceiptRecord>,
    @InjectModel(CounterRecord.name) private readonly counters: Model<CounterRecord>,
    private readonly people: MongoPeople,
    private readonly provider: PaymentProvider,
    private readonly transactions: MongoTransactions,
    @Inject(ISSUER) private readonly issuer: string,
  ) {
    super();
  }

  /**
   * The next number of the year (UTC), in the transaction that records the payment: if that is undone, so is the
   * number, and none is ever missing.
   */
  async issue(charge: ChargeState, now: Date): Promise<string> {
    const number = await this.nextNumber(now.getUTCFullYear());
    const { patientId, doctorId, startsAt, mode, captured, amount, method, id } = charge;
    const people = await this.people.find([patientId, doctorId]);
    const [patient, doctor] = [people.get(patientId)!, people.get(doctorId)!];
    const content: ReceiptContent = {
      number,
      issuedAt: now,
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
    await this.receipts.collection.insertOne({ _id: number, chargeId: id, content } as never, {
      session: this.transactions.session,
    });
    return number;
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

  private async nextNumber(year: number): Promise<string> {
    const { session } = this.transactions;
    const _id = `receipts-${year}` as never;
    // Two steps, both in the transaction: who comes at the same moment conflicts, and is repeated after us.
    const known = await this.counters.collection.findOne({ _id }, { session });
    const value = ((known as CounterRecord | null)?.value ?? 0) + 1;
    if (known) await this.counters.collection.updateOne({ _id }, { $set: { value } }, { session });
    else await this.counters.collection.insertOne({ _id, value } as never, { session });
    return `${year}-${String(value).padStart(6, '0')}`;
  }
}
