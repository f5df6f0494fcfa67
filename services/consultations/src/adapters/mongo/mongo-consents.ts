import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CONSENT_VERSION, Consents } from '../../domain/telehealth-consent.js';
import { ConsentRecord } from './visit-schemas.js';

const idOf = (accountId: string, version: string) => `${accountId}|${version}`;

@Injectable()
export class MongoConsents extends Consents {
  constructor(@InjectModel(ConsentRecord.name) private readonly consents: Model<ConsentRecord>) {
    super();
  }

  async isRecorded(accountId: string, version: string): Promise<boolean> {
    const record = await this.consents.findById(idOf(accountId, version)).lean<ConsentRecord>();
    return record !== null && record.withdrawnAt === undefined;
  }

  async record(accountId: string, version: string, now: Date): Promise<void> {
    const filter = { _id: idOf(accountId, version) as never };
    await this.consents.collection.updateOne(
      filter,
      { $setOnInsert: { accountId, version, recordedAt: now } },
      { upsert: true },
    );
    await this.consents.collection.updateOne(
      { ...filter, withdrawnAt: { $exists: true } },
      { $set: { recordedAt: now }, $unset: { withdrawnAt: '' } },
    );
  }

  async withdraw(accountId: string, now: Date): Promise<void> {
    await this.consents.collection.updateOne(
      { _id: idOf(accountId, CONSENT_VERSION) as never, withdrawnAt: { $exists: false } },
      { $set: { withdrawnAt: now } },
    );
  }
}
