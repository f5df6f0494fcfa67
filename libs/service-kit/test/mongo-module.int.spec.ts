import { randomUUID } from 'node:crypto';
import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken, InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { describe, expect, it } from '@jest/globals';
import type { Connection, Model } from 'mongoose';
import { databaseUri, MongoModule, MongoTransactions } from '../src/index.js';

@Schema({ collection: 'people' })
class PersonRecord {
  @Prop({ type: String, unique: true }) email!: string;
  @Prop({ type: String, index: true }) city!: string;
}

@Injectable()
class FirstPerson implements OnApplicationBootstrap {
  indexed: string[] = [];

  constructor(@InjectModel(PersonRecord.name) readonly people: Model<PersonRecord>) {}

  async onApplicationBootstrap(): Promise<void> {
    const indexes = await this.people.collection.indexes();
    this.indexed = indexes.map(({ key }) => Object.keys(key)[0]!);
  }
}

/** What the driver keeps to itself. */
interface WithPools {
  topology: { s: { servers: Map<string, { pool: { options: { minPoolSizeCheckFrequencyMS: number } } }> } };
}

describe('the database of a service', () => {
  it('has its indexes before the first of its providers may write', async () => {
    const schema = SchemaFactory.createForClass(PersonRecord);
    @Module({
      imports: [
        MongoModule.forService(databaseUri(process.env.MONGODB_URI!, `indexes_${randomUUID().slice(0, 8)}`)),
        MongooseModule.forFeature([{ name: PersonRecord.name, schema }]),
      ],
      providers: [FirstPerson],
    })
    class Service {}
    const app = await NestFactory.createApplicationContext(Service, { logger: false });
    try {
      const first = app.get(FirstPerson);
      expect(first.indexed.sort()).toEqual(['_id', 'city', 'email']);
      await first.people.db.dropDatabase();
    } finally {
      await app.close();
    }
  });

  it('is worked with in a unit of its own by whatever outlives the unit in which it was begun', async () => {
    @Module({
      imports: [MongoModule.forService(databaseUri(process.env.MONGODB_URI!, `units_${randomUUID().slice(0, 8)}`))],
    })
    class Service {}
    const app = await NestFactory.createApplicationContext(Service, { logger: false });
    try {
      const transactions = app.get(MongoTransactions);
      const database = app.get<Connection>(getConnectionToken()).db!;
      const rows = database.collection('rows');
      await rows.insertOne({ from: 'before' });
      const write = (from: string) =>
        transactions.run(() => rows.insertOne({ from }, { session: transactions.session! }));
      const later = Promise.withResolvers<unknown>();
      const after: string[] = [];
      await transactions.run(async () => {
        await write('within');
        setTimeout(() => later.resolve(write('later')), 100);
        transactions.afterCommit(() => after.push('committed'));
      });
      await later.promise;
      expect(transactions.session).toBeUndefined();
      expect((await rows.find().toArray()).map(({ from }) => from as string)).toEqual(['before', 'within', 'later']);
      expect(after).toEqual(['committed']);
      await database.dropDatabase();
    } finally {
      await app.close();
    }
  });

  it('has its pool of connections look after itself seldom', async () => {
    @Module({
      imports: [MongoModule.forService(databaseUri(process.env.MONGODB_URI!, `pools_${randomUUID().slice(0, 8)}`))],
    })
    class Service {}
    const app = await NestFactory.createApplicationContext(Service, { logger: false });
    try {
      const { topology } = app.get<Connection>(getConnectionToken()).getClient() as unknown as WithPools;
      const pools = [...topology.s.servers.values()].map(({ pool }) => pool.options.minPoolSizeCheckFrequencyMS);
      expect(pools).toEqual([10_000]);
    } finally {
      await app.close();
    }
  });
});
