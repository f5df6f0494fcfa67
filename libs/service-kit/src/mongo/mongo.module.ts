import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { BackgroundWorks } from '../work/background-works.js';
import { checkPoolsSeldom, clientOptions } from './client-options.js';
import { DatabaseGate } from './database-gate.js';
import { DatabaseHealth } from './database-health.js';
import { requireTransactions } from './deployment.js';
import { MongoTransactions } from './transactions.js';

/** The service's own database: one connection pool and its unit of work. */
@Global()
@Module({})
export class MongoModule implements OnModuleInit {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /**
   * Nothing is written before the indexes are there: uniqueness rests on them, and SecantusDB leaves out of a new index
   * what is inserted while it is built, which is then not found again.
   * @throws SettingError when the server has no transactions
   */
  async onModuleInit(): Promise<void> {
    await requireTransactions(this.connection.getClient());
    await Promise.all(this.connection.modelNames().map((name) => this.connection.model(name).init()));
  }

  static forService(uri: string): DynamicModule {
    return {
      module: MongoModule,
      imports: [
        MongooseModule.forRoot(uri, {
          autoIndex: true,
          autoCreate: true,
          // What cannot be done now is said now, rather than kept for ten seconds.
          bufferCommands: false,
          maxPoolSize: 32,
          ...clientOptions(uri),
          onConnectionCreate: (connection: Connection) => checkPoolsSeldom(connection.getClient()),
          retryAttempts: 5,
          retryDelay: 1000,
        }),
      ],
      providers: [
        DatabaseHealth,
        MongoTransactions,
        BackgroundWorks,
        { provide: APP_INTERCEPTOR, useClass: DatabaseGate },
      ],
      exports: [DatabaseHealth, MongoTransactions, BackgroundWorks],
    };
  }
}
