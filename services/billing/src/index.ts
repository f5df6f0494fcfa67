import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { messages } from './adapters/http/messages.js';
import { BillingModule } from './billing.module.js';

/** Payments: charges, saved methods, receipts, the ledger and its reconciliation with the provider. */
export const billing = defineService({
  name: 'billing',
  module: (config) => BillingModule.forService(config),
  messages,
  start: (app) => connectBus(app),
});
