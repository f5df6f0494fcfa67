import { type DynamicModule, Inject, Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule } from '@medflow/messaging';
import { MongoModule, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { Publications } from './adapters/bus/publications.js';
import { Argon2Passwords } from './adapters/crypto/argon2-passwords.js';
import { JwtSigner } from './adapters/crypto/jwt-signer.js';
import { KnownPasswords } from './adapters/crypto/known-passwords.js';
import { SystemClock, SystemRandomness } from './adapters/crypto/random.js';
import { AuthController } from './adapters/http/auth.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { MongoAccounts } from './adapters/mongo/mongo-accounts.js';
import { MongoAttempts } from './adapters/mongo/mongo-attempts.js';
import { MongoSessions } from './adapters/mongo/mongo-sessions.js';
import {
  AccountRecord,
  accountSchema,
  AttemptRecord,
  attemptSchema,
  SessionRecord,
  sessionSchema,
  SigningKeyRecord,
  signingKeySchema,
} from './adapters/mongo/schemas.js';
import { SigningKeys } from './adapters/mongo/signing-keys.js';
import { AccountsHandler } from './application/accounts.js';
import { LoginHandler } from './application/login.js';
import { RefreshHandler } from './application/refresh.js';
import { RegisterHandler } from './application/register.js';
import { SignIn } from './application/sign-in.js';
import { Attempts } from './domain/login-throttle.js';
import { CommonPasswords } from './domain/password-policy.js';
import { AccountFacts, Accounts, AccessTokenSigner, Clock, Passwords, Randomness, Sessions } from './domain/ports.js';

/** The administrator that the operator names in the environment. */
@Injectable()
class FirstAdministrator implements OnApplicationBootstrap {
  constructor(
    private readonly accounts: AccountsHandler,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { MEDFLOW_ADMIN_EMAIL: email, MEDFLOW_ADMIN_PASSWORD: password } = this.config.env;
    if (email && password) await this.accounts.ensureAdministrator(email, password);
  }
}

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
          { name: SessionRecord.name, schema: sessionSchema },
          { name: AttemptRecord.name, schema: attemptSchema },
          { name: SigningKeyRecord.name, schema: signingKeySchema },
        ]),
      ],
      controllers: [AuthController, InternalController],
      providers: [
        RegisterHandler,
        LoginHandler,
        RefreshHandler,
        AccountsHandler,
        SignIn,
        SigningKeys,
        FirstAdministrator,
        { provide: Accounts, useClass: MongoAccounts },
        { provide: AccountFacts, useClass: Publications },
        { provide: Sessions, useClass: MongoSessions },
        { provide: Attempts, useClass: MongoAttempts },
        { provide: Passwords, useClass: Argon2Passwords },
        { provide: CommonPasswords, useClass: KnownPasswords },
        { provide: AccessTokenSigner, useClass: JwtSigner },
        { provide: Randomness, useClass: SystemRandomness },
        { provide: Clock, useClass: SystemClock },
      ],
    };
  }
}
