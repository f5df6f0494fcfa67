import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Locale, Role } from '../../domain/account.js';

@Schema({ collection: 'accounts', versionKey: false })
export class AccountRecord {
  @Prop({ type: String }) _id!: string;
  /** Normalised before it is stored: uniqueness rests on the value, not on a collation. */
  @Prop({ required: true, type: String, unique: true }) email!: string;
  @Prop({ required: true, type: Boolean }) emailVerified!: boolean;
  @Prop({ required: true, type: String }) role!: Role;
  @Prop({ required: true, type: String }) firstName!: string;
  @Prop({ required: true, type: String }) lastName!: string;
  @Prop({ required: true, type: String }) locale!: Locale;
  @Prop({ required: true, type: String }) passwordHash!: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ type: Object }) registration?: { key: string; body: string };
}

export const accountSchema = SchemaFactory.createForClass(AccountRecord).index(
  { 'registration.key': 1 },
  { unique: true, partialFilterExpression: { 'registration.key': { $type: 'string' } } },
);

@Schema({ collection: 'sessions', versionKey: false })
export class SessionRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String, index: true }) accountId!: string;
  /** SHA-256 of the current secret. */
  @Prop({ required: true, type: String }) secret!: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Date, expires: 0 }) expiresAt!: Date;
}

export const sessionSchema = SchemaFactory.createForClass(SessionRecord);

@Schema({ collection: 'login_attempts', versionKey: false })
export class AttemptRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Number }) failures!: number;
  @Prop({ type: Date }) lockedUntil?: Date;
  @Prop({ required: true, type: Date, expires: 0 }) expiresAt!: Date;
}

export const attemptSchema = SchemaFactory.createForClass(AttemptRecord);

@Schema({ collection: 'signing_keys', versionKey: false })
export class SigningKeyRecord {
  /** Counts up: two replicas that start at once want the same number, and one gets it. */
  @Prop({ type: Number }) _id!: number;
  @Prop({ required: true, type: String }) kid!: string;
  @Prop({ required: true, type: Object }) publicJwk!: Record<string, unknown>;
  /** JSON of the private JWK; sealed with the operator's key where there is one. */
  @Prop({ required: true, type: String }) privateJwk!: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
}

export const signingKeySchema = SchemaFactory.createForClass(SigningKeyRecord);
