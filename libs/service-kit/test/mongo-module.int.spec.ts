import { randomUUID } from 'node:crypto';
import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import { databaseUri, MongoModule } from '../src/index.js';

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
});
