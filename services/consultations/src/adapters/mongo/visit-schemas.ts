import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Participant, VisitOutcome } from '../../domain/visit.js';

@Schema({ collection: 'visits', versionKey: false })
export class VisitRecord {
  /** The appointment. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Date }) startsAt!: Date;
  @Prop({ required: true, type: Date }) endsAt!: Date;
  @Prop({ required: true, type: [Object] }) participants!: Participant[];
  @Prop({ type: String, default: null }) message!: string | null;
  @Prop({ type: Date, default: null }) admittedAt!: Date | null;
  @Prop({ type: Date, default: null }) startedAt!: Date | null;
  @Prop({ type: Date, default: null }) finishedAt!: Date | null;
  @Prop({ type: String }) outcome?: VisitOutcome;
  @Prop({ required: true, type: Number }) version!: number;
  /** Since when the patient waits to be let in; absent: nobody does. Follows from the rest. */
  @Prop({ type: Date }) waitingSince?: Date;
  /** Of the third seat; follows from the rest. */
  @Prop({ type: String }) secretHash?: string;
}

const visitSchema = SchemaFactory.createForClass(VisitRecord)
  .index({ doctorId: 1, waitingSince: 1 })
  .index({ doctorId: 1, admittedAt: -1 })
  .index({ secretHash: 1 }, { sparse: true });

@Schema({ collection: 'telehealth_consents', versionKey: false })
export class ConsentRecord {
  /** `account|version`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) accountId!: string;
  @Prop({ required: true, type: String }) version!: string;
  @Prop({ required: true, type: Date }) recordedAt!: Date;
  /** Not counted from then on. */
  @Prop({ type: Date }) withdrawnAt?: Date;
}

const consentSchema = SchemaFactory.createForClass(ConsentRecord).index({ accountId: 1 });

export const visitModels = [
  { name: VisitRecord.name, schema: visitSchema },
  { name: ConsentRecord.name, schema: consentSchema },
];
