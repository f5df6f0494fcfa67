import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { messages } from './adapters/http/messages.js';
import { SchedulingModule } from './scheduling.module.js';

/** Availability, slots, claims and appointments. */
export const scheduling = defineService({
  name: 'scheduling',
  access,
  module: (config) => SchedulingModule.forService(config),
  messages,
  start: (app) => connectBus(app),
});

export { type DemoVisit, writeDemoHistory } from './adapters/mongo/demo-history.js';
