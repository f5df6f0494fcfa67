import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule } from '@medflow/messaging';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { Publications } from './adapters/bus/publications.js';
import { SessionPublications } from './adapters/bus/session-publications.js';
import { Argon2Passwords } from './adapters/crypto/argon2-passwords.js';
import { HmacDigests } from './adapters/crypto/hmac-digests.js';
import { JwtSigner } from './adapters/crypto/jwt-signer.js';
import { KeySeal } from './adapters/crypto/key-seal.js';
import { zxcvbnGuessing } from './adapters/crypto/zxcvbn-guessing.js';
import { AuthController } from './adapters/http/auth.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { InternalSessionsController } from './adapters/http/internal-sessions.controller.js';
import { KeysController } from './adapters/http/keys.controller.js';
import { SessionsController } from './adapters/http/sessions.controller.js';
import { MongoAccounts } from './adapters/mongo/mongo-accounts.js';
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
  RegistrationRecord,
  registrationSchema,
  SessionRecord,
  sessionSchema,
  SigningKeyRecord,
  signingKeySchema,
} from './adapters/mongo/schemas.js';
import { FirstAdministrator } from './adapters/system/first-administrator.js';
import { OwnSessions } from './adapters/system/own-sessions.js';
import { SystemClock, SystemRandomness } from './adapters/system/system.js';
import { AccountsHandler } from './application/accounts.js';
import { ChangePasswordHandler } from './application/change-password.js';
import { EnsureAdministratorHandler } from './application/ensure-administrator.js';
import { LoginThrottle } from './application/login-throttle.js';
import { LoginHandler } from './application/login.js';
import { LogoutHandler } from './application/logout.js';
import { OldHashes } from './application/old-hashes.js';
import { PublicKeysHandler } from './application/public-keys.js';
import { RefreshHandler } from './application/refresh.js';
import { RegisterHandler } from './application/register.js';
import { RotateSigningKeyHandler } from './application/rotate-signing-key.js';
import { SessionEnds } from './application/session-ends.js';
import { SessionsHandler } from './application/sessions.js';
import { SignIn } from './application/sign-in.js';
import { AccountFacts, Accounts } from './domain/account.js';
import { AttemptCounters } from './domain/login-throttle.js';
import { SessionFacts } from './domain/ended-session.js';
import { PasswordGuessing } from './domain/password-policy.js';
import { Clock, Digests, Passwords, Randomness } from './domain/ports.js';
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
        MessagingModule.forService({ service: 'identity', contracts, topology, bus: config.bus as BusConfig }),
        MongooseModule.forFeature([
          { name: AccountRecord.name, schema: accountSchema },
          { name: RegistrationRecord.name, schema: registrationSchema },
          { name: SessionRecord.name, schema: sessionSchema },
          { name: EndedSessionRecord.name, schema: endedSessionSchema },
          { name: AttemptRecord.name, schema: attemptSchema },
          { name: SigningKeyRecord.name, schema: signingKeySchema },
        ]),
      ],
      controllers: [AuthController, SessionsController, KeysController, InternalController, InternalSessionsController],
      providers: [
        RegisterHandler,
        LoginHandler,
        RefreshHandler,
        LogoutHandler,
        AccountsHandler,
        SessionsHandler,
        SessionEnds,
        ChangePasswordHandler,
        EnsureAdministratorHandler,
        PublicKeysHandler,
        RotateSigningKeyHandler,
        LoginThrottle,
        OldHashes,
        SignIn,
        KeySeal,
        FirstAdministrator,
        OwnSessions,
        { provide: Accounts, useClass: MongoAccounts },
        { provide: Sessions, useClass: MongoSessions },
        { provide: AttemptCounters, useClass: MongoAttemptCounters },
        { provide: SigningKeys, useClass: MongoSigningKeys },
        { provide: AccountFacts, useClass: Publications },
        { provide: SessionFacts, useClass: SessionPublications },
        { provide: Passwords, useClass: Argon2Passwords },
        { provide: PasswordGuessing, useValue: zxcvbnGuessing },
        { provide: Digests, useClass: HmacDigests },
        { provide: AccessTokenSigner, useClass: JwtSigner },
        { provide: Randomness, useClass: SystemRandomness },
        { provide: Clock, useClass: SystemClock },
      ],
    };
  }
}
