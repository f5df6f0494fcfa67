import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { messages } from './adapters/http/messages.js';
import { RecordsModule } from './records.module.js';

/** The medical record of each patient: the only place with medical data. */
export const records = defineService({
  name: 'records',
  access,
  module: (config) => RecordsModule.forService(config),
  messages,
  start: (app) => connectBus(app),
});
