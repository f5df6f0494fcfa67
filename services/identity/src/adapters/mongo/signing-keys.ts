import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Model } from 'mongoose';
import { SigningKeyRecord } from './schemas.js';

const SEALED = 'sealed:';

/** The ES256 keys of this installation: made once, shared by every replica through the database. */
@Injectable()
export class SigningKeys {
  constructor(
    @InjectModel(SigningKeyRecord.name) private readonly keys: Model<SigningKeyRecord>,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** The newest key; made now when there is none. */
  async current(): Promise<{ kid: string; privateJwk: JWK }> {
    const newest = () => this.keys.findOne().sort({ _id: -1 }).lean<SigningKeyRecord>();
    const record = (await newest()) ?? (await this.make(1)) ?? (await newest());
    if (!record) throw new Error('no signing key could be made');
    return { kid: record.kid, privateJwk: JSON.parse(this.open(record.privateJwk)) as JWK };
  }

  /** The current key and the one before it, whose tokens may still be valid. */
  async publicKeys(): Promise<object[]> {
    await this.current();
    const records = await this.keys.find().sort({ _id: -1 }).limit(2).lean<SigningKeyRecord[]>();
    return records.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: 'ES256', use: 'sig' }));
  }

  /** Undefined when another replica made the key of this number first. */
  private async make(number: number): Promise<SigningKeyRecord | undefined> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const publicJwk = (await exportJWK(pair.publicKey)) as Record<string, unknown>;
    const record = {
      _id: number,
      kid: await calculateJwkThumbprint(publicJwk as JWK),
      publicJwk,
      privateJwk: this.seal(JSON.stringify(await exportJWK(pair.privateKey))),
      createdAt: new Date(),
    };
    try {
      await this.keys.collection.insertOne(record as never);
      return record;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  /** AES-256-GCM under `IDENTITY_KEY_ENCRYPTION_KEY`, where the operator gives one: nonce, tag, ciphertext. */
  private seal(text: string): string {
    const key = this.encryptionKey();
    if (!key) return text;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return SEALED + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  private open(text: string): string {
    if (!text.startsWith(SEALED)) return text;
    const key = this.encryptionKey();
    if (!key) throw new Error('the signing key is sealed: set IDENTITY_KEY_ENCRYPTION_KEY');
    const bytes = Buffer.from(text.slice(SEALED.length), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  private encryptionKey(): Buffer | undefined {
    const secret = this.config.env.IDENTITY_KEY_ENCRYPTION_KEY;
    return secret ? createHash('sha256').update(secret).digest() : undefined;
  }
}
