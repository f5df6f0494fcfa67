import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { mongo } from 'mongoose';
import type { Availability, Rating } from '../../domain/directory.js';
import type { DirectoryCard } from '../../domain/directory-card.js';
import type { DoctorState } from '../../domain/doctor-state.js';
import type { PatientState } from '../../domain/patient-profile.js';
import type { Portrait } from '../../domain/photo.js';

/*
 * Records are the domain's states with `_id` for `id`, written whole through the driver: the domain has checked them.
 * The schemas are for names and indexes.
 */
export type PatientDocument = Omit<PatientState, 'id'> & { _id: string };
export type DoctorDocument = Omit<DoctorState, 'id'> & { _id: string };

/** Whoever of profiles, scheduling and feedback speaks first makes the entry; `card` is there while the doctor is published. */
export interface DirectoryDocument {
  _id: string;
  card?: Omit<DirectoryCard, 'id'>;
  availability?: Availability;
  rating?: Rating;
  /** Counts the changes. */
  revision: number;
  /** The database's time of the last change, by which every process keeps its search index up to date. */
  changedAt: Date;
}

@Schema({ collection: 'patients', versionKey: false, strict: false })
export class PatientRecord {
  @Prop({ type: String }) _id!: string;
}

export const patientSchema = SchemaFactory.createForClass(PatientRecord);

@Schema({ collection: 'doctors', versionKey: false, strict: false })
export class DoctorRecord {
  @Prop({ type: String }) _id!: string;
}

export const doctorSchema = SchemaFactory.createForClass(DoctorRecord).index({ verification: 1, queuedAt: 1, _id: 1 });

@Schema({ collection: 'directory', versionKey: false, strict: false })
export class DirectoryRecord {
  @Prop({ type: String }) _id!: string;
}

export const directorySchema = SchemaFactory.createForClass(DirectoryRecord).index({ changedAt: 1 });

export interface PhotoDocument extends Record<keyof Portrait, mongo.Binary> {
  _id: string;
  ownerId: string;
}

export interface LicenceProofDocument {
  _id: string;
  doctorId: string;
  content: mongo.Binary;
}

@Schema({ collection: 'licence-proofs', versionKey: false, strict: false })
export class LicenceProofRecord {
  @Prop({ type: String }) _id!: string;
}

export const licenceProofSchema = SchemaFactory.createForClass(LicenceProofRecord);

@Schema({ collection: 'photos', versionKey: false, strict: false })
export class PhotoRecord {
  @Prop({ type: String }) _id!: string;
}

export const photoSchema = SchemaFactory.createForClass(PhotoRecord);
