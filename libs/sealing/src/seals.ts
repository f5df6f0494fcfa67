import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import type { mongo, Model } from 'mongoose';
import { open, seal } from './aes.js';
import { MasterKeys } from './master-keys.js';

/** The owner's key was destroyed: nobody can read what it sealed any more. */
export class KeyDestroyed extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

@Schema({ collection: 'data_keys', versionKey: false })
export class DataKeyRecord {
  /** Whose data it seals. */
  @Prop({ type: String }) _id!: string;
  /** Wrapped with the master key; absent once it was destroyed. */
  @Prop({ type: Buffer }) wrapped?: mongo.Binary;
  @Prop({ type: String }) masterKey?: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ type: Date }) destroyedAt?: Date;
}

export const dataKeyModel = {
  name: DataKeyRecord.name,
  schema: SchemaFactory.createForClass(DataKeyRecord).index({ masterKey: 1 }),
};

const KEY_BYTES = 32;
/** Unwrapped keys in memory; another process may have destroyed one. */
const KEPT = { max: 5_000, ttl: 5_000 };
const BATCH = 200;

const placeOf = (owner: string) => `data_keys|${owner}|wrapped`;

/**
 * Envelope encryption: each owner (a patient, a conversation) has a data key of its own, which is stored only wrapped by
 * the installation's master key. Destroying the wrapped key makes everything that it sealed unreadable, in back-ups too
 * once those are gone that still have it.
 */
@Injectable()
export class Seals {
  private readonly kept = new LRUCache<string, Buffer>(KEPT);

  constructor(
    @InjectModel(DataKeyRecord.name) private readonly keys: Model<DataKeyRecord>,
    private readonly masters: MasterKeys,
  ) {}

  /**
   * @param place `collection|id|field`: what is moved elsewhere no longer opens
   * @throws KeyDestroyed
   */
  async seal(owner: string, place: string, plain: Uint8Array | string): Promise<Buffer> {
    return seal(await this.keyOf(owner), place, typeof plain === 'string' ? Buffer.from(plain) : plain);
  }

  /** @throws SealBroken, KeyDestroyed */
  async open(owner: string, place: string, sealed: Uint8Array | mongo.Binary): Promise<Buffer> {
    return open(await this.keyOf(owner), place, bytesOf(sealed));
  }

  async sealJson(owner: string, place: string, value: unknown): Promise<Buffer> {
    return this.seal(owner, place, JSON.stringify(value));
  }

  /** @throws SealBroken, KeyDestroyed */
  async openJson<T>(owner: string, place: string, sealed: Uint8Array | mongo.Binary): Promise<T> {
    return JSON.parse((await this.open(owner, place, sealed)).toString('utf8')) as T;
  }

  /**
   * A function that turns a value into the same short text each time, which tells nothing of it and is another one with
   * every owner: HMAC-SHA-256, 96 bits of it, base64url. For lookups in what is sealed.
   */
  async blindIndex(owner: string, purpose: string): Promise<(value: string) => string> {
    const key = Buffer.from(hkdfSync('sha256', await this.keyOf(owner), '', `blind index ${purpose}`, KEY_BYTES));
    return (value) => createHmac('sha256', key).update(value).digest().subarray(0, 12).toString('base64url');
  }

  /** The owner's key itself, made when there is none yet: for streams. @throws KeyDestroyed */
  async keyOf(owner: string): Promise<Buffer> {
    const kept = this.kept.get(owner);
    if (kept) return kept;
    const key = (await this.stored(owner)) ?? (await this.made(owner));
    this.kept.set(owner, key);
    return key;
  }

  /** Whether everything of the owner's was made unreadable. */
  async isDestroyed(owner: string): Promise<boolean> {
    const record = await this.keys.findById(owner).lean<DataKeyRecord>();
    return record?.destroyedAt !== undefined;
  }

  /** From now on nothing that was sealed for the owner can be opened, nor anything sealed for them. @returns when it was destroyed */
  async destroy(owner: string, now: Date): Promise<Date> {
    this.kept.delete(owner);
    await this.keys.collection.updateOne(
      { _id: owner as never },
      { $unset: { wrapped: '', masterKey: '' }, $min: { destroyedAt: now }, $setOnInsert: { createdAt: now } },
      { upsert: true },
    );
    return (await this.keys.findById(owner).lean<DataKeyRecord>())!.destroyedAt!;
  }

  /**
   * Wraps every data key that an earlier master key wraps with the current one; what they seal stays as it is, so that
   * reads go on meanwhile. Can be run again at any time.
   * @returns how many it wrapped anew
   */
  async rewrap(): Promise<number> {
    const { current } = this.masters;
    let count = 0;
    for (;;) {
      const records = await this.keys
        .find({ masterKey: { $exists: true, $ne: current.id } })
        .limit(BATCH)
        .lean<DataKeyRecord[]>();
      if (records.length === 0) return count;
      for (const { _id, wrapped, masterKey } of records) {
        const key = open(this.masters.find(masterKey!).key, placeOf(_id), bytesOf(wrapped!));
        const { modifiedCount } = await this.keys.collection.updateOne(
          { _id: _id as never, masterKey: masterKey! },
          { $set: { wrapped: seal(current.key, placeOf(_id), key) as never, masterKey: current.id } },
        );
        count += modifiedCount;
      }
    }
  }

  private async stored(owner: string): Promise<Buffer | undefined> {
    const record = await this.keys.findById(owner).lean<DataKeyRecord>();
    if (!record) return undefined;
    if (!record.wrapped) throw new KeyDestroyed(owner);
    return open(this.masters.find(record.masterKey!).key, placeOf(owner), bytesOf(record.wrapped));
  }

  private async made(owner: string): Promise<Buffer> {
    const { current } = this.masters;
    const key = randomBytes(KEY_BYTES);
    const wrapped = seal(current.key, placeOf(owner), key);
    try {
      await this.keys.collection.insertOne({
        _id: owner as never,
        wrapped: wrapped as never,
        masterKey: current.id,
        createdAt: new Date(),
      });
      return key;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.stored(owner))!;
    }
  }
}

/** As the driver and as Mongoose hand it out. */
const bytesOf = (sealed: Uint8Array | mongo.Binary): Uint8Array =>
  sealed instanceof Uint8Array ? sealed : sealed.buffer.subarray(0, sealed.length());
