import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { openingStream, SEALED_CHUNK_BYTES, sealedRangeOf, sealingStream, Seals } from '@medflow/sealing';
import { MongoTransactions, RepeatedWork } from '@medflow/service-kit';
import { mongo, type Model } from 'mongoose';
import type { StoredFile } from '../../domain/entry.js';
import { ConcurrentChange } from '../../domain/errors.js';
import { type FileRange, Files, type Inspected } from '../../domain/files.js';
import { Clock, Ids } from '../../domain/ports.js';

/** A file that no entry names yet. */
@Schema({ collection: 'uploads', versionKey: false })
export class UploadRecord {
  /** Of the file. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Date }) startedAt!: Date;
}

export const uploadModel = {
  name: UploadRecord.name,
  schema: SchemaFactory.createForClass(UploadRecord).index({ startedAt: 1 }),
};

const BUCKET = 'documents';
/** No upload takes longer: the gateway lets none. */
const KEPT_MS = 60 * 60_000;
const SWEEP_MS = 10 * 60_000;
/** Chunks that are fetched at a time: a megabyte. */
const AT_ONCE = 16;

const placeOf = (fileId: string) => `documents|${fileId}|content`;

/** GridFS, each of whose chunks is one that was sealed by itself: a part is read without what stands before it. */
@Injectable()
export class GridFsFiles extends Files implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweeping = new RepeatedWork({
    name: 'records.unfinished-uploads',
    run: () => this.sweep(),
    idleMs: [SWEEP_MS, SWEEP_MS],
  });

  constructor(
    @InjectModel(UploadRecord.name) private readonly uploads: Model<UploadRecord>,
    private readonly transactions: MongoTransactions,
    private readonly seals: Seals,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.sweeping.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeping.stop();
  }

  async keep(patientId: string, { mediaType, content }: Inspected): Promise<StoredFile> {
    const fileId = this.ids.next();
    const key = await this.seals.keyOf(patientId);
    await this.uploads.collection.insertOne({ _id: fileId as never, startedAt: this.clock.now() });
    let bytes = 0;
    async function* counted() {
      for await (const part of content) {
        bytes += part.length;
        yield part;
      }
    }
    const stored = this.bucket.openUploadStreamWithId(fileId as never, fileId, {
      chunkSizeBytes: SEALED_CHUNK_BYTES,
    });
    try {
      await pipeline(Readable.from(counted(), { objectMode: false }), sealingStream(key, placeOf(fileId)), stored);
    } catch (error) {
      await this.discard(fileId);
      throw error;
    }
    return { fileId, mediaType, bytes };
  }

  async confirm(fileId: string): Promise<void> {
    const { session } = this.transactions;
    const { deletedCount } = await this.uploads.collection.deleteOne({ _id: fileId as never }, { session });
    if (deletedCount === 0) throw new ConcurrentChange(`file ${fileId} is not kept any more`);
  }

  /** The record of the upload goes last: what is interrupted is swept again. */
  async discard(fileId: string): Promise<void> {
    await this.collection('files').deleteOne({ _id: fileId as never });
    await this.collection('chunks').deleteMany({ files_id: fileId });
    await this.uploads.collection.deleteOne({ _id: fileId as never });
  }

  async read(patientId: string, { fileId, bytes }: StoredFile, range?: FileRange): Promise<AsyncIterable<Uint8Array>> {
    const sealed = sealedRangeOf(bytes, range?.from, range?.to);
    const chunks = this.chunks(fileId, sealed.firstChunk, sealed.firstChunk + sealed.chunks);
    const opened = openingStream(await this.seals.keyOf(patientId), placeOf(fileId), sealed);
    // Its reader hears of what goes wrong by the stream itself.
    pipeline(Readable.from(chunks, { objectMode: false }), opened).catch(() => undefined);
    return opened;
  }

  private async *chunks(fileId: string, first: number, end: number): AsyncGenerator<Buffer> {
    for (let n = first; n < end; n += AT_ONCE) {
      const found = await this.collection('chunks')
        .find({ files_id: fileId, n: { $gte: n, $lt: Math.min(n + AT_ONCE, end) } })
        .sort({ n: 1 })
        .toArray();
      for (const { data } of found) yield Buffer.from((data as mongo.Binary).buffer);
    }
  }

  /** What was begun and never came to its end. */
  private async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    const left = await this.uploads.find({ startedAt: { $lt: before } }).lean<UploadRecord[]>();
    for (const { _id: fileId } of left) await this.discard(fileId);
  }

  private get bucket() {
    return new mongo.GridFSBucket(this.uploads.db.db!, { bucketName: BUCKET });
  }

  private collection(part: 'files' | 'chunks') {
    return this.uploads.db.db!.collection(`${BUCKET}.${part}`);
  }
}
