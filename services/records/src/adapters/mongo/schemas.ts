import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { mongo } from 'mongoose';
import type { AccessAction, AccessPurpose, Access } from '../../domain/access-log.js';
import type { Review } from '../../domain/emergency.js';
import type { Author, EntryKind } from '../../domain/entry.js';

/** A patient's record as a whole: how long it and its access log are. */
@Schema({ collection: 'records', versionKey: false })
export class RecordHead {
  /** The patient. */
  @Prop({ type: String }) _id!: string;
  /** Entries that were ever written. */
  @Prop({ required: true, type: Number }) entries!: number;
  /** Lines of the access log. */
  @Prop({ required: true, type: Number }) lines!: number;
  /** Of the last line; empty before the first. */
  @Prop({ required: true, type: String }) lastHash!: string;
}

export const recordSchema = SchemaFactory.createForClass(RecordHead);

/** The current version of an entry. What it says is sealed; the rest is what it is found by. */
@Schema({ collection: 'entries', versionKey: false })
export class EntryRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Number }) position!: number;
  @Prop({ required: true, type: String }) kind!: EntryKind;
  @Prop({ required: true, type: Boolean }) withdrawn!: boolean;
  @Prop({ required: true, type: Object }) author!: Author;
  @Prop({ required: true, type: Date }) recordedAt!: Date;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Number }) version!: number;
  /** Blind: beginnings of its words. */
  @Prop({ required: true, type: [String] }) words!: string[];
  /** Blind: what a vital measures. */
  @Prop({ type: String }) measure?: string;
  /** Content, reason and provenance as JSON. */
  @Prop({ required: true, type: Buffer }) sealed!: mongo.Binary;
}

export const entrySchema = SchemaFactory.createForClass(EntryRecord)
  .index({ patientId: 1, position: 1 }, { unique: true })
  .index({ patientId: 1, kind: 1, position: 1 })
  .index({ patientId: 1, measure: 1, position: 1 })
  .index({ patientId: 1, words: 1 });

/** Every version that an entry ever had, the current one too. */
@Schema({ collection: 'entry_versions', versionKey: false })
export class EntryVersionRecord {
  /** `entry|version`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) entryId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Number }) version!: number;
  @Prop({ required: true, type: Boolean }) withdrawn!: boolean;
  @Prop({ required: true, type: Object }) author!: Author;
  @Prop({ required: true, type: Date }) recordedAt!: Date;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Buffer }) sealed!: mongo.Binary;
}

export const entryVersionSchema = SchemaFactory.createForClass(EntryVersionRecord).index(
  { entryId: 1, version: 1 },
  { unique: true },
);

@Schema({ collection: 'access_log', versionKey: false })
export class AccessLineRecord {
  /** `patient|line`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Number }) line!: number;
  @Prop({ required: true, type: Date }) at!: Date;
  @Prop({ type: String, default: null }) actorId!: string | null;
  @Prop({ required: true, type: String }) role!: Access['role'];
  @Prop({ required: true, type: String }) action!: AccessAction;
  @Prop({ required: true, type: String }) purpose!: AccessPurpose;
  @Prop({ type: String }) subjectId?: string;
  @Prop({ type: Buffer }) reason?: mongo.Binary;
  /** HMAC-SHA-256 of the line and the hash before it, hex. */
  @Prop({ required: true, type: String }) hash!: string;
}

export const accessLineSchema = SchemaFactory.createForClass(AccessLineRecord).index(
  { patientId: 1, line: 1 },
  { unique: true },
);

@Schema({ collection: 'emergency_accesses', versionKey: false })
export class EmergencyRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: Buffer }) reason!: mongo.Binary;
  @Prop({ required: true, type: Date }) openedAt!: Date;
  @Prop({ required: true, type: Date }) until!: Date;
  /** Follows from the review; it is here to be searched. */
  @Prop({ required: true, type: Boolean }) reviewed!: boolean;
  @Prop({ type: Object }) review?: Omit<Review, 'comment'>;
  @Prop({ type: Buffer }) comment?: mongo.Binary;
}

export const emergencySchema = SchemaFactory.createForClass(EmergencyRecord)
  .index({ doctorId: 1, patientId: 1, until: -1 })
  .index({ reviewed: 1, openedAt: 1 });
