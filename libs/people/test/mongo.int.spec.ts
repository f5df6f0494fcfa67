import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoPeople, personModel, PersonRecord } from '@medflow/people/mongo';
import { DatabaseHealth, MongoTransactions } from '@medflow/service-kit';
import { testDatabase } from '@medflow/testing';
import mongoose, { type Connection, type Model } from 'mongoose';
import { describePeople } from './people-contract.js';

let database: Awaited<ReturnType<typeof testDatabase>>;
let connection: Connection;
let health: DatabaseHealth;
let records: Model<PersonRecord>;
let transactions: MongoTransactions;

beforeAll(async () => {
  database = await testDatabase('people');
  connection = await mongoose.createConnection(database.uri).asPromise();
  health = new DatabaseHealth(connection);
  records = connection.model(personModel.name, personModel.schema) as unknown as Model<PersonRecord>;
  await records.init();
  transactions = new MongoTransactions(connection, health);
});
afterAll(async () => {
  health.onModuleDestroy();
  await connection.close();
  await database.drop();
});

async function open(): Promise<MongoPeople> {
  await records.collection.deleteMany({});
  return new MongoPeople(records, transactions);
}

describePeople('MongoDB', open);

describe('people in MongoDB', () => {
  it('are kept and found within the transaction of whoever asks', async () => {
    const people = await open();
    const word = { id: 'p', source: 'profiles', sequence: 1, firstName: 'Amina', lastName: 'Gharbi' } as const;
    const undone = transactions.run(async () => {
      await people.keep(word);
      expect((await people.find(['p'])).get('p')).toMatchObject({ firstName: 'Amina' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await people.find(['p'])).get('p')).toMatchObject({ firstName: '' });
  });

  it('of earlier releases keep the language of their letters', async () => {
    const people = await open();
    const word = { sequence: 1, firstName: 'Amina', lastName: 'Gharbi', locale: 'ar' };
    await records.collection.insertOne({ _id: 'p', identity: word } as never);
    expect((await people.find(['p'])).get('p')).toMatchObject({ firstName: 'Amina', language: 'ar' });
  });
});
