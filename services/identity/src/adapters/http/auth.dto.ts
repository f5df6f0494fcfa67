import { ApiProperty } from '@nestjs/swagger';
import { Choice, EmailAddress, Flag, Instant, Nested, NestedList, PersonName, Text, Whole } from '@medflow/service-kit';
import { Transform } from 'class-transformer';
import { type Account, type Locale, nextLetterAt, normaliseEmail, type Role } from '../../domain/account.js';
import type { Session } from '../../domain/session.js';
import { FirstPassword, NewPassword, Password } from './password-field.js';

const locales = ['fr', 'en', 'ar'] as const;

export class RegisterBody {
  @Choice(['patient', 'doctor']) role!: 'patient' | 'doctor';
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normaliseEmail(value) : value))
  @EmailAddress()
  email!: string;
  @FirstPassword() password!: string;
  @PersonName() firstName!: string;
  @PersonName() lastName!: string;
  @Choice(locales, { optional: true, description: 'Default: of Accept-Language' }) locale?: Locale;
}

export class LoginBody {
  @Text({ max: 254 }) email!: string;
  @Password() password!: string;
}

export class PasswordBody {
  @Password() currentPassword!: string;
  @NewPassword() newPassword!: string;
}

class EmailVerificationView {
  @Flag({ description: 'Without it nothing can be booked for good' }) required!: boolean;
  @Instant({ nullable: true, description: 'When another letter may be asked for; null: at once' }) nextLetterAt!:
    string | null;
}

export class AccountView {
  @Text({ max: 64 }) id!: string;
  @EmailAddress() email!: string;
  @Choice(['patient', 'doctor', 'admin']) role!: Role;
  @Text({ max: 100 }) firstName!: string;
  @Text({ max: 100 }) lastName!: string;
  @Flag() emailVerified!: boolean;
  @Choice(locales) locale!: Locale;
  @Nested(() => EmailVerificationView, { optional: true, description: 'Until the address is proven' })
  emailVerification?: EmailVerificationView;
}

/** @param proofRequired whether the operator has people prove their address */
export function accountView(account: Account, proofRequired: boolean): AccountView {
  const { id, email, role, firstName, lastName, emailVerified, locale } = account;
  const letterAt = nextLetterAt(account)?.toISOString() ?? null;
  return {
    id,
    email,
    role,
    firstName,
    lastName,
    emailVerified,
    locale,
    ...(!emailVerified && { emailVerification: { required: proofRequired, nextLetterAt: letterAt } }),
  };
}

export class SignedInView {
  @Text({ max: 4096 }) accessToken!: string;
  @Whole({ min: 1, max: 86_400, description: 'Seconds' }) expiresIn!: number;
  @Nested(() => AccountView) account!: AccountView;
}

export class SessionView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 256, description: 'User-Agent of the browser that signed in' }) device!: string;
  @Flag({ description: 'The session of this very access token' }) current!: boolean;
  @Instant() createdAt!: string;
  @Instant() lastUsedAt!: string;
}

export class SessionsView {
  @NestedList(() => SessionView) items!: SessionView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export const sessionView = ({ id, device, createdAt, lastUsedAt }: Session, currentId: string): SessionView => ({
  id,
  device,
  current: id === currentId,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt.toISOString(),
});

export class JwksView {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'RFC 7517' })
  keys!: object[];
}
