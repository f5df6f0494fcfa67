import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type SigningKey, SigningKeys } from '../../domain/signing-keys.js';
import { SigningKeyRecord } from './schemas.js';

@Injectable()
export class MongoSigningKeys extends SigningKeys {
  constructor(@InjectModel(SigningKeyRecord.name) private readonly keys: Model<SigningKeyRecord>) {
    super();
  }

  async newest(count: number): Promise<SigningKey[]> {
    const records = await this.keys.find().sort({ _id: -1 }).limit(count).lean<SigningKeyRecord[]>();
    return records.map(({ _id, ...key }) => ({ number: _id, ...key }));
  }

  async add({ number, ...key }: SigningKey): Promise<boolean> {
    try {
      // A key that a crash could take back would leave tokens behind that nobody can verify.
      await this.keys.collection.insertOne({ _id: number, ...key } as never, {
        writeConcern: { w: 'majority', j: true },
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async reseal(kid: string, privateJwk: string): Promise<void> {
    await this.keys.updateOne({ kid }, { privateJwk });
  }
}
