import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { AccountLetter } from '../../domain/account-letter.js';
import type { Kind, Money, Notification, Side, Variant } from '../../domain/notification.js';

@Schema({ collection: 'notifications', versionKey: false })
export class NotificationRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) accountId!: string;
  @Prop({ required: true, type: String }) kind!: Kind;
  @Prop({ required: true, type: String }) side!: Side;
  @Prop({ required: true, type: String }) otherId!: string;
  @Prop({ type: String }) appointmentId?: string;
  @Prop({ type: String }) conversationId?: string;
  @Prop({ type: Date }) startsAt!: Date | null;
  @Prop({ type: Boolean }) byReader!: boolean;
  @Prop({ type: String }) reason!: string | null;
  @Prop({ type: String }) variant?: Variant;
  @Prop({ type: String }) paymentId?: string;
  @Prop({ type: Object }) amount?: Money;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ type: Date }) readAt!: Date | null;
}

export const notificationSchema = SchemaFactory.createForClass(NotificationRecord)
  .index({ accountId: 1, createdAt: -1, _id: -1 })
  .index({ accountId: 1, readAt: 1 });

@Schema({ collection: 'mail_queue', versionKey: false })
export class LetterRecord {
  @Prop({ type: String }) _id!: string;
  /** One of the two. */
  @Prop({ type: Object }) notification?: Notification;
  @Prop({ type: Object }) account?: AccountLetter;
  @Prop({ required: true, type: Number }) attempts!: number;
  @Prop({ required: true, type: Date }) queuedAt!: Date;
  /** Not before; absent once given up. */
  @Prop({ type: Date, index: true }) dueAt?: Date;
  /** Who sends it now. */
  @Prop({ type: String, index: true }) claim?: string;
  @Prop({ type: String }) failure?: string;
  @Prop({ type: Boolean }) heldBack?: boolean;
  /** Id of the mail that it goes in with others. */
  @Prop({ type: String }) bundle?: string;
}

export const letterSchema = SchemaFactory.createForClass(LetterRecord)
  .index({ 'notification.accountId': 1, dueAt: 1 }, { sparse: true })
  .index({ bundle: 1 }, { sparse: true });

/** How far a reader of a conversation is; its id is `conversation|account`. */
@Schema({ collection: 'waiting_messages', versionKey: false })
export class WaitingMessageRecord {
  @Prop({ type: String }) _id!: string;
  /** Number of the last message that was sent to them, and of the last that they have read. */
  @Prop({ required: true, type: Number }) sent!: number;
  @Prop({ required: true, type: Number }) read!: number;
  /** That of them which waits, until they have read. */
  @Prop({ type: String }) notificationId?: string;
}

export const waitingMessageSchema = SchemaFactory.createForClass(WaitingMessageRecord);

const PACES_KEPT_SECONDS = 3_600;

/** How news has gone to an account lately; who has had none for an hour begins anew. */
@Schema({ collection: 'mail_paces', versionKey: false })
export class PaceRecord {
  /** The account. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Date, expires: PACES_KEPT_SECONDS }) lastAt!: Date;
  @Prop({ required: true, type: Number }) sent!: number;
  /** Whoever wrote it last: another value for each write. */
  @Prop({ required: true, type: String }) by!: string;
}

export const paceSchema = SchemaFactory.createForClass(PaceRecord);
