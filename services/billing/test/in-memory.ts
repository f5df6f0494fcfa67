import { PeopleInMemory } from '@medflow/testing';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { CustomersOfPatients } from '../src/application/customers-of-patients.js';
import { FollowAppointmentHandler } from '../src/application/follow-appointment.js';
import { IssueReceipt } from '../src/application/issue-receipt.js';
import { LookAtProvider } from '../src/application/look-at-provider.js';
import { Methods } from '../src/application/methods.js';
import { PayHandler } from '../src/application/pay.js';
import { ProviderOperations } from '../src/application/provider-operations.js';
import { SettleHandler } from '../src/application/settle.js';
import { ReceiveWebhookHandler } from '../src/application/receive-webhook.js';
import {
  ChargesInMemory,
  CountedIds,
  CustomersInMemory,
  OperationsInMemory,
  PracticesInMemory,
  TestClock,
  WebhookEventsInMemory,
} from './fakes.js';
import { ProviderInMemory } from './provider-in-memory.js';
import { ReceiptsInMemory } from './receipts-in-memory.js';

/** Whose appointment it is in the suites that have but one. */
export const payer = { role: 'patient', id: 'p1', addressProven: true } as const;

/** Billing with everything about it in memory; two processes of it share the database and the provider. */
export function billingInMemory() {
  const clock = new TestClock();
  const provider = new ProviderInMemory();
  const receipts = new ReceiptsInMemory();
  const issuer = new IssueReceipt(receipts, new PeopleInMemory(), provider, clock, 'MedFlow');
  const charges = new ChargesInMemory(clock, issuer);
  const operations = new ProviderOperations(new OperationsInMemory(), clock);
  const customers = new CustomersOfPatients(new CustomersInMemory(), provider, operations);
  const events = new WebhookEventsInMemory();
  const practices = new PracticesInMemory();
  const ids = new CountedIds();
  const process = () => {
    const queue = new KeyedQueue();
    const look = new LookAtProvider(provider, customers, clock);
    const methods = new Methods(provider, customers, operations);
    return {
      follow: new FollowAppointmentHandler(charges, ids, clock),
      pay: new PayHandler(charges, provider, customers, methods, operations, look, practices, queue, clock),
      settle: new SettleHandler(charges, provider, customers, operations, look, practices, queue, clock),
      webhook: new ReceiveWebhookHandler(events, charges, queue, clock),
    };
  };
  return { clock, charges, provider, practices, processes: [process(), process()] as const };
}
