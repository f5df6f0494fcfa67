import { DatabaseHealth, MongoTransactions } from '@medflow/service-kit';
import { MongoPeople, personModel, PersonRecord } from '@medflow/people/mongo';
import { testDatabase } from '@medflow/testing';
import { afterAll, beforeAll } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { MongoCharges } from '../../src/adapters/mongo/mongo-charges.js';
import { MongoLedger } from '../../src/adapters/mongo/mongo-ledger.js';
import { MongoPractices } from '../../src/adapters/mongo/mongo-practices.js';
import { MongoReceipts } from '../../src/adapters/mongo/mongo-receipts.js';
import { MongoCustomers, MongoOperations, MongoWebhookEvents } from '../../src/adapters/mongo/mongo-records.js';
import * as schemas from '../../src/adapters/mongo/schemas.js';
import { IssueReceipt } from '../../src/application/issue-receipt.js';
import type { PaymentFact } from '../../src/domain/payment-fact.js';
import { TestClock } from '../fakes.js';
import { ProviderInMemory } from '../provider-in-memory.js';
import { describeCharges } from './charges-contract.js';
import { describeLedger } from './ledger-contract.js';
import { describeRecords } from './records-contract.js';

let database: Awaited<ReturnType<typeof testDatabase>>;
let connection: Connection;
let health: DatabaseHealth;
const opened: MongoOperations[] = [];
beforeAll(async () => {
  database = await testDatabase('billing_contracts');
  connection = await mongoose.createConnection(database.uri).asPromise();
  health = new DatabaseHealth(connection);
  for (const model of modelsOf()) await model.init();
});
afterAll(async () => {
  await Promise.all(opened.map((operations) => operations.onModuleDestroy()));
  health.onModuleDestroy();
  await connection.close();
  await database.drop();
});

const modelOf = <T>({ name }: { name: string }, schema: mongoose.Schema) =>
  (connection.models[name] ?? connection.model(name, schema)) as unknown as mongoose.Model<T>;
const charges = () => modelOf<schemas.ChargeRecord>(schemas.ChargeRecord, schemas.chargeSchema);
const ledger = () => modelOf<schemas.LedgerRecord>(schemas.LedgerRecord, schemas.ledgerSchema);
const days = () => modelOf<schemas.IncomeDayRecord>(schemas.IncomeDayRecord, schemas.incomeDaySchema);
const receipts = () => modelOf<schemas.ReceiptRecord>(schemas.ReceiptRecord, schemas.receiptSchema);
const people = () => modelOf<PersonRecord>(PersonRecord, personModel.schema);
const operations = () => modelOf<schemas.OperationRecord>(schemas.OperationRecord, schemas.operationSchema);
const customers = () => modelOf<schemas.CustomerRecord>(schemas.CustomerRecord, schemas.customerSchema);
const events = () => modelOf<schemas.WebhookEventRecord>(schemas.WebhookEventRecord, schemas.webhookEventSchema);
const modelsOf = () => [charges(), ledger(), days(), receipts(), people(), operations(), customers(), events()];

async function transactions(): Promise<MongoTransactions> {
  for (const { collection } of modelsOf()) await collection.deleteMany({});
  return new MongoTransactions(connection, health);
}

describeCharges('MongoDB', async () => {
  const unit = await transactions();
  const clock = new TestClock();
  const known = new MongoPeople(people(), unit);
  const issuer = new IssueReceipt(new MongoReceipts(receipts()), known, new ProviderInMemory(), clock, 'MedFlow');
  const facts: PaymentFact[] = [];
  const log = { append: async (some: readonly PaymentFact[]) => unit.afterCommit(() => facts.push(...some)) };
  const schedule = { settleAt: () => undefined };
  const books = new MongoLedger(ledger(), days(), known, unit);
  return {
    charges: new MongoCharges(charges(), books, issuer, log, schedule, unit, clock),
    facts: async () => facts.map(({ name }) => name),
    booked: async () => (await ledger().find().lean()).map(({ _id }) => String(_id)),
  };
});

describeLedger('MongoDB', async () => {
  const unit = await transactions();
  const known = new MongoPeople(people(), unit);
  const books = new MongoLedger(ledger(), days(), known, unit);
  return { ledger: books, people: known, book: (booked) => unit.run(() => books.book(booked)) };
});

describeRecords('MongoDB', async () => {
  const unit = await transactions();
  const kept = new MongoOperations(operations());
  opened.push(kept);
  return {
    receipts: new MongoReceipts(receipts()),
    operations: kept,
    customers: new MongoCustomers(customers()),
    events: new MongoWebhookEvents(events()),
    practices: new MongoPractices(people(), unit),
  };
});
