import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { BackgroundWorks } from '../work/background-works.js';
import { MongoTransactions } from './transactions.js';

/** The service's own database: one connection pool and its unit of work. */
@Global()
@Module({})
export class MongoModule implements OnModuleInit {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /**
   * Nothing is written before the indexes are there: uniqueness rests on them, and SecantusDB leaves out of a new index
   * what is inserted while it is built, which is then not found again.
   */
  async onModuleInit(): Promise<void> {
    await Promise.all(this.connection.modelNames().map((name) => this.connection.model(name).init()));
  }

  static forService(uri: string): DynamicModule {
    return {
      module: MongoModule,
      imports: [
        MongooseModule.forRoot(uri, {
          autoIndex: true,
          autoCreate: true,
          maxPoolSize: 32,
          serverSelectionTimeoutMS: 5000,
          retryAttempts: 3,
          retryDelay: 1000,
        }),
      ],
      providers: [MongoTransactions, BackgroundWorks],
      exports: [MongoTransactions, BackgroundWorks],
    };
  }
}
