import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { CustomersOfPatients } from '../src/application/customers-of-patients.js';
import { FollowAppointmentHandler } from '../src/application/follow-appointment.js';
import { Methods } from '../src/application/methods.js';
import { PayHandler } from '../src/application/pay.js';
import { ProviderOperations } from '../src/application/provider-operations.js';
import { SettleHandler } from '../src/application/settle.js';
import { TakeWebhookHandler } from '../src/application/take-webhook.js';
import {
  ChargesInMemory,
  CountedIds,
  CustomersInMemory,
  OperationsInMemory,
  PracticesInMemory,
  ProviderInMemory,
  TestClock,
  WebhookEventsInMemory,
} from './fakes.js';

/** Billing with everything about it in memory; two processes of it share the database and the provider. */
export function billingInMemory() {
  const clock = new TestClock();
  const charges = new ChargesInMemory(clock);
  const provider = new ProviderInMemory();
  const operations = new ProviderOperations(new OperationsInMemory(), clock);
  const customers = new CustomersOfPatients(new CustomersInMemory(), provider, operations);
  const events = new WebhookEventsInMemory();
  const practices = new PracticesInMemory();
  const ids = new CountedIds();
  const process = () => {
    const queue = new KeyedQueue();
    const methods = new Methods(provider, customers, operations);
    return {
      follow: new FollowAppointmentHandler(charges, ids, clock),
      pay: new PayHandler(charges, provider, customers, methods, operations, practices, queue, clock),
      settle: new SettleHandler(charges, provider, customers, operations, practices, queue, clock),
      webhook: new TakeWebhookHandler(events, charges, clock),
    };
  };
  return { clock, charges, provider, practices, processes: [process(), process()] as const };
}
