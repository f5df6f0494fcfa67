import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { KeyDestroyed, Seals } from '@medflow/sealing';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model, mongo } from 'mongoose';
import { NotFound } from '../../domain/errors.js';
import { type LinkSecret, type Opening, type SharedLink, SharedLinks } from '../../domain/share.js';
import { SharedFileRecord, SharedLinkRecord } from './exchange-schemas.js';

/** The newest so many openings; the access log has them all. */
const OPENINGS = 200;

const locatorOf = (manifestId: string): string => createHash('sha256').update(manifestId).digest('hex');
const secretPlace = (id: string) => `shared_links|${id}|secret`;
const recipientPlace = (id: string) => `shared_links|${id}|recipient`;

@Injectable()
export class MongoSharedLinks extends SharedLinks {
  constructor(
    @InjectModel(SharedLinkRecord.name) private readonly links: Model<SharedLinkRecord>,
    @InjectModel(SharedFileRecord.name) private readonly files: Model<SharedFileRecord>,
    private readonly seals: Seals,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add({ id, patientId, secret, createdAt, expiresAt, attemptsLeft }: SharedLink, file: string): Promise<void> {
    const { session } = this.transactions;
    const sealed = await this.seals.sealJson(patientId, secretPlace(id), secret);
    const record = { patientId, locator: locatorOf(secret.manifestId), sealed, createdAt, expiresAt, attemptsLeft };
    await this.links.collection.insertOne({ _id: id, ...record, openings: [] } as never, { session });
    await this.files.collection.insertOne({ _id: id, jwe: Buffer.from(file), expiresAt } as never, { session });
  }

  async of(patientId: string): Promise<SharedLink[]> {
    const records = await this.links.find({ patientId }).sort({ createdAt: -1 }).lean<SharedLinkRecord[]>();
    return Promise.all(records.map((record) => this.opening(record)));
  }

  async find(patientId: string, id: string): Promise<SharedLink> {
    const record = await this.links.findOne({ _id: id, patientId }).lean<SharedLinkRecord>();
    if (!record) throw new NotFound(`link ${id}`);
    return this.opening(record);
  }

  async findByManifest(manifestId: string): Promise<SharedLink | undefined> {
    const record = await this.links.findOne({ locator: locatorOf(manifestId) }).lean<SharedLinkRecord>();
    try {
      return record ? await this.opening(record) : undefined;
    } catch (error) {
      if (error instanceof KeyDestroyed) return undefined;
      throw error;
    }
  }

  async file({ id }: SharedLink): Promise<string | undefined> {
    const record = await this.files.findById(id).lean<SharedFileRecord>();
    return record ? Buffer.from(record.jwe.buffer).toString('ascii') : undefined;
  }

  async revoke({ id }: SharedLink, at: Date): Promise<void> {
    const { session } = this.transactions;
    await this.links.collection.updateOne({ _id: id as never }, { $set: { revokedAt: at } }, { session });
    await this.files.collection.deleteOne({ _id: id as never }, { session });
  }

  async takeAttempt(id: string): Promise<number | undefined> {
    const record = await this.links.collection.findOneAndUpdate(
      { _id: id as never, attemptsLeft: { $gt: 0 } },
      { $inc: { attemptsLeft: -1 } },
      { returnDocument: 'after' },
    );
    return (record as unknown as SharedLinkRecord | null)?.attemptsLeft;
  }

  async giveAttemptBack(id: string): Promise<void> {
    await this.links.collection.updateOne({ _id: id as never }, { $inc: { attemptsLeft: 1 } });
  }

  async opened({ id, patientId }: SharedLink, { at, recipient }: Opening): Promise<void> {
    const sealed = await this.seals.seal(patientId, recipientPlace(id), recipient);
    await this.links.collection.updateOne(
      { _id: id as never },
      { $push: { openings: { $each: [{ at, recipient: sealed }], $slice: -OPENINGS } } } as never,
      { session: this.transactions.session },
    );
  }

  private async opening(record: SharedLinkRecord): Promise<SharedLink> {
    const { _id: id, patientId, sealed, createdAt, expiresAt, revokedAt, attemptsLeft, openings } = record;
    const nameOf = async (recipient: mongo.Binary) =>
      (await this.seals.open(patientId, recipientPlace(id), recipient)).toString('utf8');
    return {
      id,
      patientId,
      secret: await this.seals.openJson<LinkSecret>(patientId, secretPlace(id), sealed),
      createdAt,
      expiresAt,
      ...(revokedAt && { revokedAt }),
      attemptsLeft,
      openings: await Promise.all(
        openings.map(async ({ at, recipient }) => ({ at, recipient: await nameOf(recipient) })),
      ),
    };
  }
}
