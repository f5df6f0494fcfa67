import { ApiProperty } from '@nestjs/swagger';
import { Choice, EmailAddress, Flag, Nested, Text, Whole } from '@medflow/service-kit';
import type { Locale, Role } from '../../domain/account.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../domain/password-policy.js';

const locales = ['fr', 'en', 'ar'] as const;

export class RegisterBody {
  @Choice(['patient', 'doctor']) role!: 'patient' | 'doctor';
  @EmailAddress() email!: string;
  @Text({ min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH, verbatim: true, format: 'password', pattern: /^[^]*$/ })
  password!: string;
  @Text({ max: 100 }) firstName!: string;
  @Text({ max: 100 }) lastName!: string;
  @Choice(locales, { optional: true, description: 'Default: of Accept-Language' }) locale?: Locale;
}

export class LoginBody {
  @Text({ max: 254 }) email!: string;
  @Text({ max: MAX_PASSWORD_LENGTH, verbatim: true, format: 'password', pattern: /^[^]*$/ }) password!: string;
}

export class AccountView {
  @Text({ max: 64 }) id!: string;
  @EmailAddress() email!: string;
  @Choice(['patient', 'doctor', 'admin']) role!: Role;
  @Text({ max: 100 }) firstName!: string;
  @Text({ max: 100 }) lastName!: string;
  @Flag() emailVerified!: boolean;
  @Choice(locales) locale!: Locale;
}

export class SignedInView {
  @Text({ max: 4096 }) accessToken!: string;
  @Whole({ min: 1, max: 86_400, description: 'Seconds' }) expiresIn!: number;
  @Nested(() => AccountView) account!: AccountView;
}

export class JwksView {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'RFC 7517' })
  keys!: object[];
}
