import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { mongo } from 'mongoose';

/** What was imported into a record, to be known again. */
@Schema({ collection: 'imported_keys', versionKey: false })
export class ImportedKeyRecord {
  /** `patient|blind key`: uniqueness keeps two imports at once from writing the same twice. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) entryId!: string;
}

export const importedKeySchema = SchemaFactory.createForClass(ImportedKeyRecord);

/** A SMART Health Link. Its address, key, label and the hash of its passcode are sealed with the patient's key. */
@Schema({ collection: 'shared_links', versionKey: false })
export class SharedLinkRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  /** SHA-256 of the manifest's id, hex: who reads the database can open no link. */
  @Prop({ required: true, type: String }) locator!: string;
  @Prop({ required: true, type: Buffer }) sealed!: mongo.Binary;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Date }) expiresAt!: Date;
  @Prop({ type: Date }) revokedAt?: Date;
  @Prop({ required: true, type: Number }) attemptsLeft!: number;
  @Prop({ required: true, type: [Object] }) openings!: { at: Date; recipient: mongo.Binary }[];
}

export const sharedLinkSchema = SchemaFactory.createForClass(SharedLinkRecord)
  .index({ locator: 1 }, { unique: true })
  .index({ patientId: 1, createdAt: -1 });

/** The encrypted file of a link; the database forgets it when the link is over. */
@Schema({ collection: 'shared_files', versionKey: false })
export class SharedFileRecord {
  /** Of the link. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Buffer }) jwe!: mongo.Binary;
  @Prop({ required: true, type: Date }) expiresAt!: Date;
}

export const sharedFileSchema = SchemaFactory.createForClass(SharedFileRecord).index(
  { expiresAt: 1 },
  { expireAfterSeconds: 0 },
);
