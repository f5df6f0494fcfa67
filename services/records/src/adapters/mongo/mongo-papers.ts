import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Seals } from '@medflow/sealing';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model, mongo } from 'mongoose';
import { type Paper, type PaperKind, type PaperLanguage, Papers, type SignedWith } from '../../domain/papers.js';
import { EntryRecord } from './schemas.js';

@Schema({ collection: 'papers', versionKey: false })
export class PaperRecord {
  /** The code. */
  @Prop({ type: String }) _id!: string;
  /** `entry|version|language`. */
  @Prop({ required: true, type: String }) key!: string;
  @Prop({ required: true, type: String }) entryId!: string;
  @Prop({ required: true, type: Number }) version!: number;
  @Prop({ required: true, type: String }) language!: PaperLanguage;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: String }) kind!: PaperKind;
  @Prop({ required: true, type: Object }) issuedBy!: Paper['issuedBy'];
  @Prop({ required: true, type: Date }) issuedAt!: Date;
  @Prop({ required: true, type: String }) signedWith!: SignedWith;
  @Prop({ required: true, type: String }) digest!: string;
  /** The signed bytes. */
  @Prop({ required: true, type: Buffer }) sealed!: mongo.Binary;
}

export const paperModel = {
  name: PaperRecord.name,
  schema: SchemaFactory.createForClass(PaperRecord).index({ key: 1 }, { unique: true }),
};

const CODE_BYTES = 16;
const keyOf = (entryId: string, version: number, language: string) => `${entryId}|${version}|${language}`;
const placeOf = (code: string) => `papers|${code}|sealed`;

@Injectable()
export class MongoPapers extends Papers {
  constructor(
    @InjectModel(PaperRecord.name) private readonly papers: Model<PaperRecord>,
    @InjectModel(EntryRecord.name) private readonly entries: Model<EntryRecord>,
    private readonly seals: Seals,
  ) {
    super();
  }

  newCode(): string {
    return randomBytes(CODE_BYTES).toString('base64url');
  }

  async find(entryId: string, version: number, language: PaperLanguage): Promise<Paper | undefined> {
    const record = await this.papers.findOne({ key: keyOf(entryId, version, language) }).lean<PaperRecord>();
    return record ? paperOf(record) : undefined;
  }

  async issue(paper: Paper, bytes: Buffer): Promise<Paper> {
    const { code, ...said } = paper;
    const key = keyOf(paper.entryId, paper.version, paper.language);
    const sealed = await this.seals.seal(paper.patientId, placeOf(code), bytes);
    try {
      await this.papers.collection.insertOne({ _id: code, key, ...said, sealed } as never);
      return paper;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.find(paper.entryId, paper.version, paper.language))!;
    }
  }

  async bytesOf({ code, patientId }: Paper): Promise<Buffer> {
    const record = await this.papers.findById(code).lean<PaperRecord>();
    return this.seals.open(patientId, placeOf(code), record!.sealed);
  }

  async byCode(code: string): Promise<{ paper: Paper; withdrawn: boolean } | undefined> {
    const record = await this.papers.findById(code).lean<PaperRecord>();
    if (!record) return undefined;
    // Not opened: whether it stands is told in the open.
    const entry = await this.entries
      .findById(record.entryId, { version: 1, withdrawn: 1 })
      .lean<Pick<EntryRecord, 'version' | 'withdrawn'>>();
    return { paper: paperOf(record), withdrawn: entry?.version !== record.version || entry.withdrawn };
  }
}

function paperOf({ _id: code, entryId, version, language, patientId, kind, ...rest }: PaperRecord): Paper {
  const { issuedBy, issuedAt, signedWith, digest } = rest;
  return { code, entryId, version, language, patientId, kind, issuedBy, issuedAt, signedWith, digest };
}
