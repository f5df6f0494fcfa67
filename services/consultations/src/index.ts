import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { readForms } from './adapters/http/message-form.js';
import { messages } from './adapters/http/messages.js';
import { ConsultationsModule } from './consultations.module.js';

/** Visits by video: rooms, waiting room and signalling; conversations and messages. */
export const consultations = defineService({
  name: 'consultations',
  access,
  module: (config) => ConsultationsModule.forService(config),
  messages,
  prepare: readForms,
  start: (app) => connectBus(app),
});
