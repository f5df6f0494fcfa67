import { type DynamicModule, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { MongoModule, MongoTransactions, requiresVerifiedEmail, type ServiceConfig } from '@medflow/service-kit';
import { LetterPublications } from './adapters/bus/letter-publications.js';
import { Publications } from './adapters/bus/publications.js';
import { SessionPublications } from './adapters/bus/session-publications.js';
import { Argon2Passwords } from './adapters/crypto/argon2-passwords.js';
import { HmacDeviceProofs } from './adapters/crypto/hmac-device-proofs.js';
import { HmacDigests } from './adapters/crypto/hmac-digests.js';
import { JwtSigner } from './adapters/crypto/jwt-signer.js';
import { KeySeal } from './adapters/crypto/key-seal.js';
import { zxcvbnGuessing } from './adapters/crypto/zxcvbn-guessing.js';
import { IdentityHoldings } from './adapters/holdings.js';
import { AdminAccountsController } from './adapters/http/admin-accounts.controller.js';
import { AuthController } from './adapters/http/auth.controller.js';
import { EmailController } from './adapters/http/email.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { InternalKeysController } from './adapters/http/internal-keys.controller.js';
import { InternalLettersController } from './adapters/http/internal-letters.controller.js';
import { InternalSessionsController } from './adapters/http/internal-sessions.controller.js';
import { KeysController } from './adapters/http/keys.controller.js';
import { PasswordResetController } from './adapters/http/password-reset.controller.js';
import { SessionsController } from './adapters/http/sessions.controller.js';
import { MongoAccountSearch } from './adapters/mongo/mongo-account-search.js';
import { LocalStrategy } from './adapters/http/strategies/local.strategy.js';
import { RefreshStrategy } from './adapters/http/strategies/refresh.strategy.js';
import { MongoAccounts } from './adapters/mongo/mongo-accounts.js';
import { MongoMailedLinks } from './adapters/mongo/mongo-mailed-links.js';
import { MongoAttemptCounters } from './adapters/mongo/mongo-attempt-counters.js';
import { MongoSessions } from './adapters/mongo/mongo-sessions.js';
import { MongoSigningKeys } from './adapters/mongo/mongo-signing-keys.js';
import {
  AccountRecord,
  accountSchema,
  AttemptRecord,
  attemptSchema,
  EndedSessionRecord,
  endedSessionSchema,
  MailedLinkRecord,
  mailedLinkSchema,
  RegistrationRecord,
  registrationSchema,
  SessionRecord,
  sessionSchema,
  SigningKeyRecord,
  signingKeySchema,
} from './adapters/mongo/schemas.js';
import { AfterTheAnswer } from './adapters/system/after-the-answer.js';
import { FirstAdministrator } from './adapters/system/first-administrator.js';
import { OwnSessions } from './adapters/system/own-sessions.js';
import { SystemClock, SystemRandomness } from './adapters/system/system.js';
import { AccountLetters } from './application/account-letters.js';
import { AccountsHandler } from './application/accounts.js';
import { ChangePasswordHandler } from './application/change-password.js';
import { EnsureAdministratorHandler } from './application/ensure-administrator.js';
import { FindAccountsHandler } from './application/find-accounts.js';
import { ForgotPasswordHandler } from './application/forgot-password.js';
import { KnownDevices } from './application/known-devices.js';
import { LoginThrottle } from './application/login-throttle.js';
import { LoginHandler } from './application/login.js';
import { LogoutHandler } from './application/logout.js';
import { OldHashes } from './application/old-hashes.js';
import { PublicKeysHandler } from './application/public-keys.js';
import { RefreshHandler } from './application/refresh.js';
import { RegisterHandler } from './application/register.js';
import { ResetPasswordHandler } from './application/reset-password.js';
import { RotateSigningKeyHandler } from './application/rotate-signing-key.js';
import { SessionEnds } from './application/session-ends.js';
import { SessionsHandler } from './application/sessions.js';
import { SignIn } from './application/sign-in.js';
import { SuspendAccountHandler } from './application/suspend-account.js';
import { VerifyEmailHandler } from './application/verify-email.js';
import { WriteLetterHandler } from './application/write-letter.js';
import { AccountFacts, Accounts } from './domain/account.js';
import { AccountSearch } from './domain/account-search.js';
import { DeviceProofs } from './domain/known-device.js';
import { AttemptCounters } from './domain/login-throttle.js';
import { SessionFacts } from './domain/ended-session.js';
import { LetterFacts, MailedLinks } from './domain/mailed-link.js';
import { PasswordGuessing } from './domain/password-policy.js';
import { Afterwards, Clock, Digests, EmailRule, Passwords, Randomness, UnitOfWork } from './domain/ports.js';
import { AccessTokenSigner, Sessions } from './domain/session.js';
import { SigningKeys } from './domain/signing-keys.js';

/** All that identity can do, and what does it. */
@Module({})
export class IdentityModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: IdentityModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        // The key changes, so it is named at each signature.
        JwtModule.register({}),
        MessagingModule.forService({ service: 'identity', contracts, topology, bus: config.bus as BusConfig }),
        MongooseModule.forFeature([
          { name: AccountRecord.name, schema: accountSchema },
          { name: RegistrationRecord.name, schema: registrationSchema },
          { name: SessionRecord.name, schema: sessionSchema },
          { name: EndedSessionRecord.name, schema: endedSessionSchema },
          { name: MailedLinkRecord.name, schema: mailedLinkSchema },
          { name: AttemptRecord.name, schema: attemptSchema },
          { name: SigningKeyRecord.name, schema: signingKeySchema },
        ]),
      ],
      controllers: [
        AuthController,
        EmailController,
        PasswordResetController,
        SessionsController,
        AdminAccountsController,
        KeysController,
        InternalController,
        InternalSessionsController,
        InternalLettersController,
        InternalKeysController,
        ReplayController,
      ],
      providers: [
        ...replayOf(IdentityHoldings),
        RegisterHandler,
        LoginHandler,
        RefreshHandler,
        LogoutHandler,
        AccountsHandler,
        AccountLetters,
        VerifyEmailHandler,
        ForgotPasswordHandler,
        ResetPasswordHandler,
        WriteLetterHandler,
        FindAccountsHandler,
        SuspendAccountHandler,
        SessionsHandler,
        SessionEnds,
        ChangePasswordHandler,
        EnsureAdministratorHandler,
        PublicKeysHandler,
        RotateSigningKeyHandler,
        LoginThrottle,
        OldHashes,
        KnownDevices,
        LocalStrategy,
        RefreshStrategy,
        SignIn,
        KeySeal,
        FirstAdministrator,
        OwnSessions,
        { provide: Accounts, useClass: MongoAccounts },
        { provide: AccountSearch, useClass: MongoAccountSearch },
        { provide: MailedLinks, useClass: MongoMailedLinks },
        { provide: LetterFacts, useClass: LetterPublications },
        { provide: UnitOfWork, useExisting: MongoTransactions },
        { provide: Afterwards, useClass: AfterTheAnswer },
        {
          provide: EmailRule,
          useValue: { required: requiresVerifiedEmail(config.env) } satisfies EmailRule,
        },
        { provide: Sessions, useClass: MongoSessions },
        { provide: AttemptCounters, useClass: MongoAttemptCounters },
        { provide: SigningKeys, useClass: MongoSigningKeys },
        { provide: AccountFacts, useClass: Publications },
        { provide: SessionFacts, useClass: SessionPublications },
        { provide: Passwords, useClass: Argon2Passwords },
        { provide: PasswordGuessing, useValue: zxcvbnGuessing },
        { provide: Digests, useClass: HmacDigests },
        { provide: DeviceProofs, useClass: HmacDeviceProofs },
        { provide: AccessTokenSigner, useClass: JwtSigner },
        { provide: Randomness, useClass: SystemRandomness },
        { provide: Clock, useClass: SystemClock },
      ],
    };
  }
}
