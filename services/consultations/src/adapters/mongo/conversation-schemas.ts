import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { mongo } from 'mongoose';
import type { AnsweringHours } from '../../domain/answering.js';
import type { Position } from '../../domain/conversation.js';

/** What is sealed is sealed with the key of the conversation, at `collection|id|field`. */
export type Sealed = mongo.Binary;

/** What is told of the last message, to be told again: nothing of what it says. */
export interface LastSent {
  readonly id: string;
  readonly authorId: string;
  readonly sentAt: Date;
  readonly automatic: boolean;
}

@Schema({ collection: 'conversations', versionKey: false })
export class ConversationRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Number }) last!: number;
  @Prop({ required: true, type: Date }) lastAt!: Date;
  @Prop({ type: Object, default: null }) lastSent!: LastSent | null;
  /** Its text and the number of its files. */
  @Prop({ type: Buffer, default: null }) lastText!: Sealed | null;
  @Prop({ required: true, type: Object }) doctor!: Position;
  @Prop({ required: true, type: Object }) patient!: Position;
  @Prop({ required: true, type: Boolean }) closed!: boolean;
  /** Absent: the doctor's general answer; null: none. */
  @Prop({ type: Buffer }) autoReply?: Sealed | null;
  /** Absent: the doctor's general hours. */
  @Prop({ type: Object }) hours?: AnsweringHours[];
  @Prop({ type: Date, default: null }) autoRepliedAt!: Date | null;
  @Prop({ required: true, type: Number }) version!: number;
}

const conversationSchema = SchemaFactory.createForClass(ConversationRecord)
  // The two have one, whoever opens it and however often at the same time.
  .index({ doctorId: 1, patientId: 1 }, { unique: true })
  .index({ doctorId: 1, lastAt: -1, _id: -1 })
  .index({ patientId: 1, lastAt: -1, _id: -1 })
  .index({ doctorId: 1, 'doctor.unread': 1 })
  .index({ patientId: 1, 'patient.unread': 1 });

@Schema({ collection: 'messages', versionKey: false })
export class MessageRecord {
  /** Follows from the key that it was sent under, where there was one. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) conversationId!: string;
  @Prop({ required: true, type: Number }) number!: number;
  @Prop({ required: true, type: String }) authorId!: string;
  @Prop({ required: true, type: Buffer }) text!: Sealed;
  /** Their names and types; absent: there are none. */
  @Prop({ type: Buffer }) files?: Sealed;
  @Prop({ required: true, type: Date }) sentAt!: Date;
  @Prop({ required: true, type: Boolean }) automatic!: boolean;
  @Prop({ type: Date, default: null }) deliveredAt!: Date | null;
  @Prop({ type: Date, default: null }) readAt!: Date | null;
  @Prop({ type: String }) digest?: string;
  /** What it is found by: for each of the two, under an index of theirs. */
  @Prop({ type: [String] }) words!: string[];
}

const messageSchema = SchemaFactory.createForClass(MessageRecord)
  .index({ conversationId: 1, number: -1 }, { unique: true })
  .index({ words: 1, conversationId: 1, number: -1 });

/** A piece of a sealed file; its id is `file|piece`. */
@Schema({ collection: 'message_files', versionKey: false })
export class MessageFileRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String, index: true }) conversationId!: string;
  @Prop({ required: true, type: Buffer }) content!: Sealed;
}

/** How a doctor deals with messages in general. */
@Schema({ collection: 'answering', versionKey: false })
export class AnsweringRecord {
  /** The doctor. */
  @Prop({ type: String }) _id!: string;
  @Prop({ type: Buffer, default: null }) autoReply!: Sealed | null;
  @Prop({ required: true, type: Object }) hours!: AnsweringHours[];
}

export const conversationModels = [
  { name: ConversationRecord.name, schema: conversationSchema },
  { name: MessageRecord.name, schema: messageSchema },
  { name: MessageFileRecord.name, schema: SchemaFactory.createForClass(MessageFileRecord) },
  { name: AnsweringRecord.name, schema: SchemaFactory.createForClass(AnsweringRecord) },
];
