import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Locale, Role, Suspension } from '../../domain/account.js';
import type { LinkPurpose } from '../../domain/mailed-link.js';
import type { RefreshSecrets } from '../../domain/refresh-secrets.js';

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
  @Prop({ type: Date }) unprovenLetterAt?: Date;
  @Prop({ type: Object }) suspension?: Suspension;
  @Prop({ type: Number }) factsTold?: number;
  /** How often an administrator acted on another account. */
  @Prop({ type: Number }) adminActs?: number;
  /** See `nameKeys`; absent in accounts of earlier releases until the next start. */
  @Prop({ type: [String], default: undefined, index: true }) nameKeys?: string[];
}

/** The list of a role, newest first. */
export const accountSchema = SchemaFactory.createForClass(AccountRecord).index({ role: 1, _id: -1 });

@Schema({ collection: 'mailed_links', versionKey: false })
export class MailedLinkRecord {
  /** `<purpose>:<account id>`. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) letterId!: string;
  @Prop({ required: true, type: String }) accountId!: string;
  @Prop({ required: true, type: String }) purpose!: LinkPurpose;
  @Prop({ required: true, type: String }) email!: string;
  /** SHA-256 of each secret that was written into the letter. */
  @Prop({ required: true, type: [String] }) secrets!: string[];
  @Prop({ required: true, type: Date, expires: 0 }) expiresAt!: Date;
}

export const mailedLinkSchema = SchemaFactory.createForClass(MailedLinkRecord);

const TWO_DAYS = 2 * 86_400;

/** Sign-ups that came with an idempotency key. */
@Schema({ collection: 'registrations', versionKey: false })
export class RegistrationRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) body!: string;
  @Prop({ required: true, type: String }) accountId!: string;
  @Prop({ required: true, type: Date, expires: TWO_DAYS }) at!: Date;
}

export const registrationSchema = SchemaFactory.createForClass(RegistrationRecord);

@Schema({ collection: 'sessions', versionKey: false })
export class SessionRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String, index: true }) accountId!: string;
  @Prop({ required: true, type: String }) device!: string;
  /** Digest of the newest refresh secret. */
  @Prop({ required: true, type: String }) secret!: string;
  @Prop({ type: Object }) previous?: RefreshSecrets['previous'];
  @Prop({ required: true, type: Date }) createdAt!: Date;
  @Prop({ required: true, type: Date }) lastUsedAt!: Date;
  @Prop({ required: true, type: Date, expires: 0 }) expiresAt!: Date;
}

export const sessionSchema = SchemaFactory.createForClass(SessionRecord);

/** Until the last of its access tokens has expired. */
@Schema({ collection: 'ended_sessions', versionKey: false })
export class EndedSessionRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) accountId!: string;
  @Prop({ required: true, type: Date, index: true }) endedAt!: Date;
  @Prop({ required: true, type: Date, expires: 0 }) until!: Date;
}

export const endedSessionSchema = SchemaFactory.createForClass(EndedSessionRecord);

@Schema({ collection: 'login_attempts', versionKey: false })
export class AttemptRecord {
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Number }) failures!: number;
  @Prop({ required: true, type: Date }) lockedUntil!: Date;
  /** The last attempt found it locked. */
  @Prop({ required: true, type: Boolean }) refused!: boolean;
  @Prop({ required: true, type: Date, expires: 0 }) forgetAt!: Date;
}

export const attemptSchema = SchemaFactory.createForClass(AttemptRecord);

@Schema({ collection: 'signing_keys', versionKey: false })
export class SigningKeyRecord {
  @Prop({ type: Number }) _id!: number;
  @Prop({ required: true, type: String }) kid!: string;
  @Prop({ required: true, type: Object }) publicJwk!: Record<string, unknown>;
  @Prop({ required: true, type: String }) privateJwk!: string;
  @Prop({ required: true, type: Date }) createdAt!: Date;
}

export const signingKeySchema = SchemaFactory.createForClass(SigningKeyRecord);
