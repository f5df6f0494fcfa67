import { type DynamicModule, Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { MongoTransactions } from './transactions.js';

/** The service's own database: one connection pool and its unit of work. */
@Global()
@Module({})
export class MongoModule {
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
      providers: [MongoTransactions],
      exports: [MongoTransactions],
    };
  }
}
