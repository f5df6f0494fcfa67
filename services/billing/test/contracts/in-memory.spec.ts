import { PeopleInMemory } from '@medflow/testing';
import {
  ChargesInMemory,
  CustomersInMemory,
  OperationsInMemory,
  PracticesInMemory,
  TestClock,
  WebhookEventsInMemory,
} from '../fakes.js';
import { LedgerInMemory } from '../ledger-in-memory.js';
import { ReceiptsInMemory } from '../receipts-in-memory.js';
import { IssueReceipt } from '../../src/application/issue-receipt.js';
import { ProviderInMemory } from '../provider-in-memory.js';
import { describeCharges } from './charges-contract.js';
import { describeLedger } from './ledger-contract.js';
import { describeRecords } from './records-contract.js';

describeCharges('memory', async () => {
  const clock = new TestClock();
  const receipts = new ReceiptsInMemory();
  const issuer = new IssueReceipt(receipts, new PeopleInMemory(), new ProviderInMemory(), clock, 'MedFlow');
  const charges = new ChargesInMemory(clock, issuer);
  return {
    charges,
    facts: async () => charges.facts.map(({ name }) => name),
    booked: async () => [...charges.ledger.keys()],
  };
});

describeLedger('memory', async () => {
  const people = new PeopleInMemory();
  const ledger = new LedgerInMemory(new Map(), people);
  return { ledger, people, book: async (transactions) => ledger.book(transactions) };
});

describeRecords('memory', async () => ({
  receipts: new ReceiptsInMemory(),
  operations: new OperationsInMemory(),
  customers: new CustomersInMemory(),
  events: new WebhookEventsInMemory(),
  practices: new PracticesInMemory(),
}));
