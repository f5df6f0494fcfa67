import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { messages } from './adapters/http/messages.js';
import { BillingModule } from './billing.module.js';

/** Payments: charges, saved methods, receipts, the ledger and its reconciliation with the provider. */
export const billing = defineService({
  name: 'billing',
  access,
  module: (config) => BillingModule.forService(config),
  messages,
  start: (app) => connectBus(app),
});
