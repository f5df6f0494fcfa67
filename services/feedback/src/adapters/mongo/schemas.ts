import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Distribution, Stars } from '../../domain/rating.js';
import type { ReviewFact, ReviewState, Standing } from '../../domain/review.js';
import type { VisitStatus } from '../../domain/visit.js';

/** What was told of a review last, to be told again. */
export interface LastFact extends Omit<ReviewFact, 'review'> {
  readonly sequence: number;
}

@Schema({ collection: 'reviews', versionKey: false })
export class ReviewRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) appointmentId!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Number }) stars!: Stars;
  @Prop({ type: String, default: null }) comment!: string | null;
  @Prop({ required: true, type: String }) day!: string;
  @Prop({ type: Object, default: null }) reply!: ReviewState['reply'];
  @Prop({ type: Object, default: null }) report!: ReviewState['report'];
  @Prop({ type: Object, default: null }) hidden!: ReviewState['hidden'];
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ type: Date, default: null }) editedAt!: Date | null;
  @Prop({ required: true, type: Number }) version!: number;
  /** Both follow from the rest; they are here to be searched. */
  @Prop({ required: true, type: String }) standing!: Standing;
  @Prop({ required: true, type: Date }) standingSince!: Date;
  /** Absent in reviews of earlier releases. */
  @Prop({ type: Object }) lastFact?: LastFact;
}

export const reviewSchema = SchemaFactory.createForClass(ReviewRecord)
  // A visit is rated once, whoever asks and however often at the same time.
  .index({ appointmentId: 1 }, { unique: true })
  .index({ doctorId: 1, createdAt: -1, _id: -1 })
  .index({ patientId: 1, createdAt: -1, _id: -1 })
  .index({ standing: 1, standingSince: 1, _id: 1 });

@Schema({ collection: 'visits', versionKey: false })
export class VisitRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Date }) startsAt!: Date;
  @Prop({ required: true, type: String }) status!: VisitStatus;
  @Prop({ required: true, type: Number }) sequence!: number;
  /** Completed and without a review. */
  @Prop({ type: Boolean }) toRate?: true;
  /** Absent before the visit is completed, and once it is rated or its patient was asked. */
  @Prop({ type: Date }) inviteAt?: Date;
  @Prop({ type: Date }) invitedAt?: Date;
  @Prop({ type: String }) reviewId?: string;
}

export const visitSchema = SchemaFactory.createForClass(VisitRecord)
  .index({ patientId: 1, toRate: 1, startsAt: -1 })
  .index({ inviteAt: 1 }, { sparse: true });

@Schema({ collection: 'ratings', versionKey: false })
export class RatingRecord {
  /** The doctor. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Number }) count!: number;
  @Prop({ required: true, type: Number }) sum!: number;
  @Prop({ required: true, type: Object }) distribution!: Distribution;
  /** Counts the changes: the sequence of their events. */
  @Prop({ required: true, type: Number }) version!: number;
}

export const ratingSchema = SchemaFactory.createForClass(RatingRecord);

/** Its id is `doctor|YYYY-MM-DD`. */
@Schema({ collection: 'rated_days', versionKey: false })
export class RatedDayRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) day!: string;
  @Prop({ required: true, type: Number }) count!: number;
  @Prop({ required: true, type: Number }) stars!: number;
}

export const ratedDaySchema = SchemaFactory.createForClass(RatedDayRecord).index({ doctorId: 1, day: 1 });
